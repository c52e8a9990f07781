import { z } from 'zod'
import { callRecord } from './call.ts'

/** What the database knows of a call beside its own state. Times are epoch milliseconds. */
export const callDetails = z.object({
  effects: z
    .array(
      z.object({
        tool: z.string(),
        turnId: z.string(),
        state: z.enum(['pending', 'committed', 'failed']),
        arguments: z.record(z.string(), z.unknown()),
        result: z.record(z.string(), z.unknown()).nullable(),
      }),
    )
    .describe('from the ledger, oldest first'),
  usage: z.array(
    z.object({
      kind: z.enum(['llm', 'asr', 'tts', 'telephony']),
      engine: z.string(),
      unit: z.enum(['prompt-token', 'completion-token', 'second', 'character', 'minute']),
      amount: z.number(),
      costEur: z.number(),
    }),
  ),
  costEur: z.number().describe('of all that was used'),
  consents: z.array(
    z.object({
      kind: z.string(),
      decision: z.enum(['given', 'refused', 'withdrawn']),
      textVersion: z.string(),
      at: z.number(),
    }),
  ),
  recordings: z.array(
    z.object({
      id: z.string(),
      source: z.enum(['egress', 'agent', 'other']),
      reference: z.string(),
      status: z.string(),
      durationMs: z.number().nullable(),
    }),
  ),
})
export type CallDetails = z.infer<typeof callDetails>

/** Answer to `GET /v1/calls/{id}`; without details while the database is away, or where there is none. */
export const callAnswer = callRecord.extend(callDetails.partial().shape)
export type CallAnswer = z.infer<typeof callAnswer>
