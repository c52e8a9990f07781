import { setTimeout as sleep } from 'node:timers/promises'

/** Asks until the answer is yes; the test's own time-out ends it otherwise. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo().catch(() => false))) await sleep(20)
}
