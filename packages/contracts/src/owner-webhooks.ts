import { z } from 'zod'
import { endReason } from './call.ts'
import { webhookEventType } from './webhook-endpoint.ts'

/**
 * What a line's owner is sent, by the Standard Webhooks convention (standardwebhooks.com): a POST of JSON with the
 * headers `webhook-id` (the same at every attempt: forget what you have seen), `webhook-timestamp` (seconds) and
 * `webhook-signature` (`v1,` and HMAC-SHA256 in base64 over `id.timestamp.body`, one for each secret, parted by
 * blanks). At least once; in order for one call at one address. 2xx is done, 410 switches the address off, anything
 * else is tried again for a day.
 */
const isoTime = z.iso.datetime().describe('UTC, milliseconds')
const base = { timestamp: isoTime.describe('when it happened') }
const call = {
  callId: z.string(),
  line: z.string().describe('id of the line'),
  direction: z.enum(['inbound', 'outbound', 'web']).optional(),
  sipCallId: z.string().optional(),
}

const callStarted = z.strictObject({
  ...base,
  type: z.literal('call.started'),
  data: z.strictObject({ ...call, startedAt: isoTime }),
})

const callAnswered = z.strictObject({
  ...base,
  type: z.literal('call.answered'),
  data: z.strictObject({ ...call, startedAt: isoTime, answeredAt: isoTime }),
})

const callEnded = z.strictObject({
  ...base,
  type: z.literal('call.ended'),
  data: z.strictObject({
    ...call,
    startedAt: isoTime,
    answeredAt: isoTime.optional(),
    endedAt: isoTime,
    reason: endReason,
    talkSeconds: z.number().nonnegative().describe('from the answer to the end; 0 without answer'),
  }),
})

const transcriptReady = z.strictObject({
  ...base,
  type: z.literal('transcript.ready'),
  data: z.strictObject({
    ...call,
    entries: z.array(
      z.strictObject({
        role: z.enum(['caller', 'agent']),
        text: z.string().describe('of the agent only what was really played'),
        language: z.string().optional(),
      }),
    ),
  }),
})

const effectCommitted = z.strictObject({
  ...base,
  type: z.literal('effect.committed'),
  data: z.strictObject({
    ...call,
    effectId: z.string(),
    tool: z.string(),
    arguments: z.record(z.string(), z.unknown()),
    result: z.record(z.string(), z.unknown()),
  }),
})

const transferData = z.strictObject(call)

export const ownerWebhook = z.discriminatedUnion('type', [
  callStarted,
  callAnswered,
  callEnded,
  transcriptReady,
  effectCommitted,
  z.strictObject({ ...base, type: z.literal('transfer.started'), data: transferData }),
  z.strictObject({ ...base, type: z.literal('transfer.completed'), data: transferData }),
  z.strictObject({ ...base, type: z.literal('transfer.failed'), data: transferData }),
])
export type OwnerWebhook = z.infer<typeof ownerWebhook>
export type OwnerWebhookOf<T extends OwnerWebhook['type']> = Extract<OwnerWebhook, { type: T }>

export const deliveryState = z.enum(['pending', 'delivered', 'dead'])
export type DeliveryState = z.infer<typeof deliveryState>

/** Why the last attempt was no success. */
export const deliveryFault = z.enum([
  'status',
  'redirect',
  'gone',
  'timeout',
  'refused',
  'blocked-address',
  'plain-http',
  'outside-region',
  'tls',
  'network',
  'no-secret',
  'no-endpoint',
  'endpoint-off',
])
export type DeliveryFault = z.infer<typeof deliveryFault>

/** One message to one address, as `GET /v1/webhooks/deliveries` shows it; times are ISO 8601. */
export const webhookDelivery = z.object({
  id: z.string(),
  messageId: z.string().describe('the `webhook-id` header'),
  endpoint: z.string().describe('`<line>.<name of the webhook>`'),
  line: z.string(),
  callId: z.string(),
  type: webhookEventType,
  state: deliveryState,
  attempts: z.number().int(),
  createdAt: isoTime,
  nextAttemptAt: isoTime.optional().describe('while pending'),
  deliveredAt: isoTime.optional(),
  lastStatus: z.number().int().optional(),
  lastFault: deliveryFault.optional(),
})
export type WebhookDelivery = z.infer<typeof webhookDelivery>

/** Query of `GET /v1/webhooks/deliveries`; newest first. */
export const deliveryQuery = z.strictObject({
  state: deliveryState.optional(),
  line: z.string().optional(),
  endpoint: z.string().optional(),
  callId: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z
    .string()
    .regex(/^\d{1,18}$/, 'the nextCursor of a page before')
    .optional(),
})
export type DeliveryQuery = z.infer<typeof deliveryQuery>

export const deliveryList = z.object({
  deliveries: z.array(webhookDelivery),
  nextCursor: z.string().optional(),
})

/** One row of `GET /v1/webhooks/endpoints`. */
export const endpointStatus = z.object({
  endpoint: z.string(),
  line: z.string(),
  host: z.string(),
  state: z.enum(['on', 'off']).describe('off: it answered 410 Gone'),
  offSince: isoTime.optional(),
  pausedUntil: isoTime.optional().describe('it asked for a pause by Retry-After'),
  pending: z.number().int(),
  dead: z.number().int(),
})
export type EndpointStatus = z.infer<typeof endpointStatus>
export const endpointList = z.object({ endpoints: z.array(endpointStatus) })
