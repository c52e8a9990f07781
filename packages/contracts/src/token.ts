import { z } from 'zod'

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
  epoch: z.number().int().optional(),
})
export type JobMetadata = z.infer<typeof jobMetadata>
