import { z } from 'zod'

/** What we read of LiveKit's `WebhookEvent` (protojson: camelCase, 64-bit numbers as strings). */
const webhookEvent = z.object({
  id: z.string().min(1).max(128),
  event: z.string().max(64),
  createdAt: z.coerce.number().describe('epoch seconds'),
  room: z.object({ sid: z.string(), name: z.string() }).optional(),
  participant: z
    .object({
      identity: z.string().default(''),
      kind: z.string().default('STANDARD').describe('enum name; the default is left out'),
    })
    .optional(),
  egressInfo: z.record(z.string(), z.unknown()).optional(),
})

/** One event of livekit-server. `room` is missing in events about egress and ingress. */
export type WebhookEvent = z.infer<typeof webhookEvent>

/** Undefined for what livekit-server does not send. */
export function readWebhookEvent(body: Uint8Array): WebhookEvent | undefined {
  try {
    const parsed = webhookEvent.safeParse(JSON.parse(Buffer.from(body).toString()))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined // not JSON
  }
}
