import { callState } from '@trunkline/contracts'
import { z } from 'zod'

/** What became of an operator's action. It crosses the relay as JSON. */
export const actionOutcome = z.discriminatedUnion('kind', [
  /** Its effect has been confirmed. */
  z.object({ kind: z.literal('done') }),
  /** It is under way; the call's events tell the rest. */
  z.object({ kind: z.literal('accepted') }),
  /** The agent could not do it. */
  z.object({ kind: z.literal('failed'), code: z.string().optional() }),
  /** Not in the state the call is in. */
  z.object({ kind: z.literal('conflict'), state: callState, message: z.string() }),
])
export type ActionOutcome = z.infer<typeof actionOutcome>
