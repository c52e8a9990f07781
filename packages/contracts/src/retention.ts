import { z } from 'zod'

const days = z.number().int().min(0).max(3650)

/** How long a line keeps what its calls leave behind, by kind; 0 days keep it until the next hourly clean-up. */
export const lineRetention = z
  .strictObject({
    liveSeconds: z
      .number()
      .int()
      .min(60)
      .max(2592000)
      .default(86400)
      .describe('a call’s state in Redis, from its last event'),
    transcriptDays: days
      .default(30)
      .describe('what was said, and what tools were asked and answered, from the call’s end'),
    recordingDays: days
      .default(30)
      .describe('recordings; the agents delete their files, those of others are asked to be'),
    recordDays: days.default(365).describe('everything else of a call, consent excepted'),
    consentDays: days.default(1095).describe('who agreed to what, as proof'),
  })
  .prefault({})

/** What of a call's words goes into the records; a running call always has all of them. */
export const linePrivacy = z
  .strictObject({
    transcripts: z
      .enum(['full', 'redacted', 'none'])
      .default('redacted')
      .describe('as heard; with personal data replaced; not at all'),
    recording: z
      .enum(['off', 'on', 'ask'])
      .default('off')
      .describe(
        'both voices to a file; on: unless the caller refuses, whom the greeting must tell; ask: once they agree',
      ),
  })
  .prefault({})
export type TranscriptPolicy = z.infer<typeof linePrivacy>['transcripts']
