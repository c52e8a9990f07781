import { once } from 'node:events'
import { connect } from 'node:net'
import { findProgram } from './find-program.ts'
import { freePort } from './free-port.ts'
import { startProcess, untilReady } from './test-process.ts'

export interface TestRedis {
  /** `redis://127.0.0.1:<port>` */
  readonly url: string
  readonly port: number
  /** Ends it as a crash does. What it had not written to disk is lost. */
  kill(): Promise<void>
  stop(): Promise<void>
}

export interface TestRedisOptions {
  /** Starts it again where it was. */
  readonly port?: number
  /** An existing folder: every write is synced to an append-only file in it before it is answered. */
  readonly dir?: string
}

/** Why there can be no redis here, or undefined when there can. */
export function redisMissing(): string | undefined {
  return redisProgram() ? undefined : 'no redis-server on PATH'
}

/**
 * A redis-server of the test's own: free port, nothing written to disk unless `dir` is given.
 * @throws when redis-server is missing or does not start
 */
export async function startRedis({ port, dir }: TestRedisOptions = {}): Promise<TestRedis> {
  const program = redisProgram()
  if (!program) throw new Error(redisMissing())
  const ownPort = port ?? (await freePort())
  const flags = ['--bind', '127.0.0.1', '--save', '', '--dir', dir ?? '/']
  if (dir === undefined) flags.push('--appendonly', 'no')
  else flags.push('--appendonly', 'yes', '--appendfsync', 'always')
  const redis = startProcess(program, ['--port', String(ownPort), ...flags])
  await untilReady(redis, { isReady: () => answersPing(ownPort) })
  return {
    url: `redis://127.0.0.1:${ownPort}`,
    port: ownPort,
    kill: () => redis.stop('SIGKILL'),
    stop: () => redis.stop(),
  }
}

function redisProgram(): string | undefined {
  // biome-ignore lint/style/noProcessEnv: the programs of the machine are the test's surroundings
  return findProgram('redis-server', { path: process.env['PATH'] ?? '' })
}

async function answersPing(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    socket.write('PING\r\n')
    const [answer] = await once(socket, 'data')
    return String(answer).startsWith('+PONG')
  } catch {
    return false // not listening yet
  } finally {
    socket.destroy()
  }
}
