import { once } from 'node:events'
import { freePort } from './free-port.ts'
import { startProcess, type TestProcess, untilReady } from './test-process.ts'

/** One of our services as a process of its own, which can be killed and started again where it was. */
export interface NodeService {
  readonly url: string
  readonly port: number
  readonly pid: number
  readonly isRunning: boolean
  /** Its last output. */
  output(): string
  /** kill -9; resolves when the process is gone. */
  kill(): Promise<void>
  /** Holds the process where it is (SIGSTOP), and lets it go on. */
  freeze(): void
  thaw(): void
  /** Starts it again on its port; resolves when it is ready. */
  restart(): Promise<void>
  /** SIGTERM, as a deployment does. */
  stop(): Promise<void>
}

export interface NodeServiceOptions {
  /** Path of its `main.ts`. */
  readonly main: string
  /** Name of the variable that takes the port. */
  readonly portVariable: string
  /** Everything the service reads; PATH and HOME are not needed. */
  readonly env: Readonly<Record<string, string>>
  /** Asked until it answers 200; `/readyz` by default. */
  readonly readyPath?: string
  readonly nodeFlags?: readonly string[]
}

/** A process that starts on a busy machine with 2 cores may take half a minute. */
const readyTimeoutMs = 90_000

/** @throws when it ends before it is ready, with its last output */
export async function startNodeService(options: NodeServiceOptions): Promise<NodeService> {
  const { main, portVariable, env, readyPath = '/readyz', nodeFlags = [] } = options
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const start = async (): Promise<TestProcess> => {
    const started = startProcess(process.execPath, [...nodeFlags, main], {
      env: { ...env, [portVariable]: String(port) },
    })
    await untilReady(started, {
      isReady: () =>
        fetch(`${url}${readyPath}`).then(
          ({ ok }) => ok,
          () => false, // not listening yet
        ),
      timeoutMs: readyTimeoutMs,
    })
    return started
  }
  let running = await start()
  const isRunning = () => running.child.exitCode === null && !running.child.signalCode
  return {
    ...{ url, port },
    get pid() {
      return running.child.pid ?? 0
    },
    get isRunning() {
      return isRunning()
    },
    output: () => running.output(),
    async kill() {
      if (!isRunning()) return
      const gone = once(running.child, 'exit')
      running.child.kill('SIGKILL')
      await gone
    },
    freeze: () => void running.child.kill('SIGSTOP'),
    thaw: () => void running.child.kill('SIGCONT'),
    async restart() {
      running = await start()
    },
    stop: () => running.stop(),
  }
}
