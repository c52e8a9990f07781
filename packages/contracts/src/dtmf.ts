import { z } from 'zod'

/** How keys that are pressed one after the other become one entry. The terminator is not part of the entry. */
export const dtmfEntry = z.object({
  maxDigits: z.number().int().min(1).max(64).describe('the entry is complete with so many'),
  terminator: z.enum(['#', '*']).optional().describe('ends the entry; none: length and time do'),
  interDigitMs: z.number().int().min(200).max(30_000).describe('a longer pause ends the entry'),
  interrupts: z.boolean().describe('the first key makes the agent stop speaking'),
  secret: z.boolean().describe('no digit of it is recorded or logged'),
})
export type DtmfEntry = z.infer<typeof dtmfEntry>

/** What stands in records, logs and for the model where a secret entry was made. It says nothing of its length. */
export const secretMask = '••••'
