import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram } from './find-program.ts'
import { freePort } from './free-port.ts'
import { startProcess, untilReady } from './test-process.ts'

export interface TestPostgres {
  /** `postgres://postgres@127.0.0.1:<port>/postgres`; no password is asked. */
  readonly url: string
  /** Breaks every connection at once, as a lost server does; the files stay. */
  kill(): Promise<void>
  /** Starts it again after `kill`, on the same port and files. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** Debian keeps the server's programs out of PATH. */
const debianFolders = ['17', '16', '15'].map((version) => `/usr/lib/postgresql/${version}/bin`)

/** Why there can be no PostgreSQL here, or undefined when there can. */
export function postgresMissing(): string | undefined {
  if (!programs()) return 'no postgres and initdb on PATH or below /usr/lib/postgresql'
  if (process.getuid?.() === 0 && !unprivileged())
    return 'no user to run postgres as instead of root'
  return undefined
}

/**
 * A PostgreSQL server of the test's own in a temporary folder, on a free port, without fsync. PostgreSQL
 * refuses root, so as root it runs as the user `postgres` (or `nobody`).
 * @throws when the programs are missing or it does not start
 */
export async function startPostgres({
  tls,
}: {
  /** PEM files of a server certificate: TLS is then offered beside plain connections. */
  tls?: { readonly cert: string; readonly key: string }
} = {}): Promise<TestPostgres> {
  const found = programs()
  if (!found) throw new Error(postgresMissing())
  const user = process.getuid?.() === 0 ? unprivileged() : undefined
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-postgres-'))
  if (user) chownSync(folder, user.uid, user.gid)
  const options = { ...user, cwd: folder, env: { LC_ALL: 'C', TZ: 'UTC' } }
  const data = join(folder, 'data')

  const flags = ['--auth=trust', '--username=postgres', '--encoding=UTF8', '--no-sync']
  const init = startProcess(found.initdb, ['-D', data, ...flags], options)
  const code = await new Promise((resolve) => init.child.once('close', resolve))
  if (code !== 0) throw new Error(`initdb failed:\n${init.output()}`)

  const port = await freePort()
  // Commits are written, though not synced: `kill` must not lose them.
  const settings = ['fsync=off', 'listen_addresses=127.0.0.1']
  if (tls) {
    for (const [name, file] of Object.entries(tls)) {
      const own = join(folder, `server.${name}`)
      copyFileSync(file, own)
      chmodSync(own, 0o600) // PostgreSQL takes no key that others can read
      if (user) chownSync(own, user.uid, user.gid)
    }
    const files = [`ssl_cert_file=${folder}/server.cert`, `ssl_key_file=${folder}/server.key`]
    settings.push('ssl=on', ...files)
  }
  const start = async () => {
    const flags = settings.flatMap((one) => ['-c', one])
    const args = ['-D', data, '-p', String(port), '-k', folder, ...flags]
    const started = startProcess(found.postgres, args, options)
    await untilReady(started, { isReady: () => acceptsQueries(port) })
    return started
  }
  let server = await start()
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    // SIGQUIT is PostgreSQL's immediate shutdown; SIGKILL would leave its children behind.
    kill: () => server.stop('SIGQUIT'),
    async restart() {
      server = await start()
    },
    async stop() {
      await server.stop('SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function programs(): { initdb: string; postgres: string } | undefined {
  // biome-ignore lint/style/noProcessEnv: the programs of the machine are the test's surroundings
  const where = { path: process.env['PATH'] ?? '', folders: debianFolders }
  const postgres = findProgram('postgres', where)
  const initdb = findProgram('initdb', where)
  return postgres && initdb ? { initdb, postgres } : undefined
}

function unprivileged(): { uid: number; gid: number } | undefined {
  if (!existsSync('/etc/passwd')) return undefined
  const users = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = users.find((user) => user.startsWith(`${name}:`))?.split(':') ?? []
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) }
  }
  return undefined
}

/** Sends a start-up message: the first answer is R (authentication) when ready, E while still starting. */
function acceptsQueries(port: number): Promise<boolean> {
  const text = 'user\0postgres\0database\0postgres\0\0'
  const message = Buffer.alloc(8 + text.length)
  message.writeInt32BE(message.length, 0)
  message.writeInt32BE(196_608, 4) // protocol 3.0
  message.write(text, 8)
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(message))
    const settle = (isReady: boolean) => {
      socket.destroy()
      resolve(isReady)
    }
    socket.once('data', (data) => settle(data.toString('latin1', 0, 1) === 'R'))
    socket.once('error', () => settle(false))
    socket.once('close', () => settle(false))
  })
}
