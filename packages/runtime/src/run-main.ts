import { ConfigError } from './config.ts'
import { shutdownSignal } from './shutdown.ts'

export interface Running {
  close(): Promise<void>
  /** Told of each further signal while it closes. */
  stillClosing?(signal: NodeJS.Signals): void
}

/**
 * Runs a service from start to SIGTERM or SIGINT. A faulty environment is printed and ends the process with
 * code 1 before any socket opens; any other start-up error likewise, with its stack.
 */
export async function runMain(start: () => Promise<Running>): Promise<void> {
  try {
    const service = await start()
    await shutdownSignal()
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.on(signal, () => service.stillClosing?.(signal))
    await service.close()
  } catch (error) {
    const text =
      error instanceof ConfigError ? error.message : String((error as Error)?.stack ?? error)
    process.stderr.write(`${text}\n`)
    process.exitCode = 1
  }
}
