import { z } from 'zod'
import { caseKinds } from './wire-cases.ts'

/** What became of one case on the wire; kept in a log so that a run can be gone on with. Milliseconds. */
export const caseOutcome = z.object({
  id: z.string(),
  callId: z.string().optional(),
  kind: z.enum(caseKinds),
  /** Why nothing was measured; undefined: it was. */
  failure: z.string().optional(),
  /** Of a sound over the agent's voice. */
  over: z
    .object({
      isStopped: z.boolean(),
      /** The recogniser's words were those that were said. */
      isUnderstood: z.boolean(),
      quietMs: z.number().optional(),
      resumedMs: z.number().optional(),
    })
    .optional(),
  /** Of a turn with pauses, one entry for each of them. */
  pauses: z
    .array(z.object({ ms: z.number(), isCut: z.boolean(), isSpokenOver: z.boolean() }))
    .optional(),
  /** End of the turn's last sound → the turn was committed. */
  decidedMs: z.number().optional(),
})
export type CaseOutcome = z.infer<typeof caseOutcome>
