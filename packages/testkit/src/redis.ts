import { once } from 'node:events'
import { connect } from 'node:net'
import { findProgram } from './find-program.ts'
import { freePort } from './free-port.ts'
import { startProcess, untilReady } from './test-process.ts'

export interface TestRedis {
  /** `redis://127.0.0.1:<port>` */
  readonly url: string
  readonly port: number
  stop(): Promise<void>
}

/** Why there can be no redis here, or undefined when there can. */
export function redisMissing(): string | undefined {
  return redisProgram() ? undefined : 'no redis-server on PATH'
}

/**
 * A redis-server of the test's own: free port, nothing written to disk. `port` starts it again where it was.
 * @throws when redis-server is missing or does not start
 */
export async function startRedis({ port }: { port?: number } = {}): Promise<TestRedis> {
  const program = redisProgram()
  if (!program) throw new Error(redisMissing())
  const ownPort = port ?? (await freePort())
  const flags = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', '/']
  const redis = startProcess(program, ['--port', String(ownPort), ...flags])
  await untilReady(redis, { isReady: () => answersPing(ownPort) })
  return { url: `redis://127.0.0.1:${ownPort}`, port: ownPort, stop: () => redis.stop() }
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
