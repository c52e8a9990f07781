import { z } from 'zod'

/** What a caller has agreed to or not, wherever they were asked. */
export const consentFields = {
  kind: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,31}$/, 'use up to 32 of a-z, 0-9 and -')
    .describe('to what: recording, marketing, …'),
  decision: z.enum(['given', 'refused', 'withdrawn']),
  textVersion: z.string().min(1).max(64).describe('which wording the caller was asked with'),
  language: z.string().max(35).optional().describe('BCP 47, of that wording'),
} as const

export const consent = z.object(consentFields)
export type Consent = z.infer<typeof consent>
