import { stack } from '@trunkline/contracts'
import { inject } from 'vitest'
import { z } from 'zod'

const runningStack = z.object({
  stack,
  /** For `./trunkline … --port-offset` with `TRUNKLINE_RUN_DIR`. */
  portOffset: z.number(),
  runDir: z.string(),
  /** A copy of lines/ the stack reads: tests may change it and put it back. */
  linesDir: z.string(),
  /** The PostgreSQL of this run; absent where there is none, and the stack keeps its rooms in PGlite. */
  databaseUrl: z.string().optional(),
  /** Where its services send their traces: for `fetchTraces`. */
  tracesUrl: z.string(),
  /** What everything random in the tests is drawn from; printed, and `TRUNKLINE_E2E_SEED` repeats it. */
  seed: z.number(),
})
export type RunningStack = z.infer<typeof runningStack>

declare module 'vitest' {
  interface ProvidedContext {
    runningStack: RunningStack | undefined
  }
}

/**
 * The stack all e2e files share; started before the first of them.
 * @throws when there is none, because a part is missing: such tests are to say so with `needs`
 */
export function readRunningStack(): RunningStack {
  const found = inject('runningStack')
  if (found) return found
  throw new Error('no stack was started: say with needs([...]) which parts these tests want')
}
