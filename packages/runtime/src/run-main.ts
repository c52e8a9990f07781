import { setTimeout as sleep } from 'node:timers/promises'
import { ConfigError } from './config.ts'
import { shutdownSignal } from './shutdown.ts'

export interface Running {
  close(): Promise<void>
  /** Told of each further signal while it closes. */
  stillClosing?(signal: NodeJS.Signals): void
}

/** Most starts are over by then; `./trunkline up` kills a second later (scripts/stack/parts.ts). */
const defaultStartGraceMs = 3000

/**
 * Runs a service from start to SIGTERM or SIGINT. A faulty environment is printed and ends the process with
 * code 1 before any socket opens; any other start-up error likewise, with its stack. A signal that comes while it
 * starts closes it as soon as it has started, so that nothing half built is left behind (a database that was being
 * made); a start that takes longer than `startGraceMs` from then on is ended by that signal.
 */
export async function runMain(
  start: () => Promise<Running>,
  { startGraceMs = defaultStartGraceMs }: { startGraceMs?: number } = {},
): Promise<void> {
  const told = shutdownSignal()
  try {
    const started = await startInTime(start, { told, graceMs: startGraceMs })
    if (typeof started === 'string') {
      process.removeAllListeners(started)
      process.kill(process.pid, started)
      return
    }
    await told
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.on(signal, () => started.stillClosing?.(signal))
    await started.close()
  } catch (error) {
    const text =
      error instanceof ConfigError ? error.message : String((error as Error)?.stack ?? error)
    process.stderr.write(`${text}\n`)
    process.exitCode = 1
  }
}

/** What has started, or the signal that it was too late for. */
async function startInTime(
  start: () => Promise<Running>,
  { told, graceMs }: { told: Promise<NodeJS.Signals>; graceMs: number },
): Promise<Running | NodeJS.Signals> {
  const settled = new AbortController()
  const tooLate = async () => {
    const name = await told
    await sleep(graceMs, undefined, { signal: settled.signal })
    return name
  }
  try {
    return await Promise.race([start(), tooLate()])
  } finally {
    settled.abort()
  }
}
