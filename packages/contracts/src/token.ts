import { z } from 'zod'
import { onMachine } from './outbound.ts'

/**
 * Body of `POST /v1/token`, after LiveKit's token endpoint. Room and dispatch are the server's choice:
 * of LiveKit's fields only those about the participant are taken.
 */
export const tokenRequest = z.object({
  participant_name: z.string().max(128).optional(),
  line: z.string().optional().describe('id of the line; the first one by default'),
})

export const tokenResponse = z.object({
  server_url: z.string(),
  participant_token: z.string(),
})

/** What a dispatch tells the job, as JSON in its metadata. */
export const jobMetadata = z.object({
  line: z.string().optional(),
  epoch: z
    .number()
    .int()
    .optional()
    .describe('of the job it replaces; too late once that has been'),
  again: z.boolean().optional().describe('true when no hello came of the dispatch before'),
  callId: z.string().optional(),
  onMachine: onMachine.optional().describe('of a call that we place'),
  resume: z.boolean().optional().describe('true when a call under way waits for this job'),
})
export type JobMetadata = z.infer<typeof jobMetadata>
