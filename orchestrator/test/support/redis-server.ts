import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'

export const hasRedis = spawnSync('redis-server', ['--version']).status === 0
/** Goes into the title of what is skipped, so that the reason is printed. */
export const redisNote = hasRedis ? '' : ' (skipped: no redis-server on PATH)'

export interface TestRedis {
  readonly url: string
  readonly port: number
  stop(): Promise<void>
}

/** A redis-server of its own that keeps nothing. */
export async function startRedis(wantedPort?: number): Promise<TestRedis> {
  const port = wantedPort ?? (await freePort())
  const child = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  await listening(child)
  return {
    url: `redis://127.0.0.1:${port}/1`,
    port,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      child.kill('SIGKILL')
      await exited
    },
  }
}

async function listening(child: ChildProcess): Promise<void> {
  if (!child.stdout) throw new Error('redis-server has no output')
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('Ready to accept connections')) {
      child.stdout.resume()
      return
    }
  }
  throw new Error('redis-server did not start')
}

export async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
