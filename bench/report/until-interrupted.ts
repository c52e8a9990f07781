import { createInterruption } from '../../scripts/stack/interruption.ts'

const stoppedCode = 130

/**
 * Runs a bench until it is done, or until Ctrl-C, after which it ends what it has started.
 * @returns its exit code
 */
export async function untilInterrupted(
  run: (signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const interruption = createInterruption({ onAgain: () => {} })
  try {
    return await run(interruption.signal)
  } catch (error) {
    if (interruption.signal.aborted) return stoppedCode
    throw error
  } finally {
    interruption.dispose()
  }
}
