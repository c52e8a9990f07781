import { z } from 'zod'

/** Events a line's owner can be told; `transfer.*` are the three ends of a transfer. */
export const webhookEventType = z.enum([
  'call.started',
  'call.answered',
  'call.ended',
  'transcript.ready',
  'effect.committed',
  'transfer.started',
  'transfer.completed',
  'transfer.failed',
])
export type WebhookEventType = z.infer<typeof webhookEventType>

/**
 * One address of the line's owner. The signing secret is never in the line file: it is named, as an environment
 * variable or as a file (relative to the line file's folder). Its value is `whsec_` and 24 to 64 bytes in base64;
 * two values, parted by a blank or a line end, are both signed with, so that a secret can be changed without a gap.
 */
export const webhookEndpoint = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'small letters, digits and hyphens')
      .default('owner')
      .describe('what is not yet delivered follows the name when the URL changes'),
    url: z.url({ protocol: /^https?$/ }).max(2000),
    events: z.array(webhookEventType).min(1).optional().describe('all of them by default'),
    secretEnv: z
      .string()
      .regex(/^WEBHOOK_SECRET(_[A-Z0-9]+)*$/, 'WEBHOOK_SECRET or WEBHOOK_SECRET_<NAME>')
      .optional(),
    secretFile: z.string().min(1).optional(),
  })
  .refine(({ secretEnv, secretFile }) => (secretEnv === undefined) !== (secretFile === undefined), {
    message: 'name the secret by secretEnv or by secretFile',
  })
export type WebhookEndpoint = z.infer<typeof webhookEndpoint>
