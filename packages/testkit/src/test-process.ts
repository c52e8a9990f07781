import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

export interface TestProcess {
  readonly child: ChildProcess
  /** Its last output, for a failure's message. */
  output(): string
  /** Ends it, by SIGKILL when `signal` did not within 15 s. Resolves when it is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>
}

/** What ends well in a second takes longer beside other tests. */
const stopMs = 15_000

/** Starts a program for a test. It ends with the test's process, however that ends. */
export function startProcess(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): TestProcess {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-4000)
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  child.on('error', (error) => keep(Buffer.from(String(error))))
  const killAtExit = () => child.kill('SIGKILL')
  // Test runners end their workers with SIGTERM, after which there is no 'exit'.
  const killAtSignal = (signal: NodeJS.Signals) => {
    killAtExit()
    process.kill(process.pid, signal)
  }
  process.once('exit', killAtExit)
  process.once('SIGTERM', killAtSignal)
  child.once('exit', () => {
    process.off('exit', killAtExit)
    process.off('SIGTERM', killAtSignal)
  })
  const isRunning = () => child.pid !== undefined && child.exitCode === null && !child.signalCode
  return {
    child,
    output: () => output,
    async stop(signal = 'SIGTERM') {
      if (!isRunning()) return
      const gone = once(child, 'exit')
      child.kill(signal)
      const timer = setTimeout(() => child.kill('SIGKILL'), stopMs)
      await gone
      clearTimeout(timer)
    },
  }
}

/**
 * Asks `isReady` until it says yes.
 * @throws when the program ended first or `timeoutMs` passed, with its last output
 */
export async function untilReady(
  started: TestProcess,
  { isReady, timeoutMs = 30_000 }: { isReady: () => Promise<boolean>; timeoutMs?: number },
): Promise<void> {
  const giveUpAt = performance.now() + timeoutMs
  while (!(await isReady())) {
    const { child } = started
    if (child.pid === undefined || child.exitCode !== null || child.signalCode) {
      throw new Error(`the program ended before it was ready:\n${started.output()}`)
    }
    if (performance.now() > giveUpAt) {
      await started.stop('SIGKILL')
      throw new Error(`the program was not ready in ${timeoutMs} ms:\n${started.output()}`)
    }
    await sleep(25)
  }
}
