import { z } from 'zod'
import { consentFields } from './consent.ts'

/** Fields every event from outside has, whatever its type. */
const envelope = {
  id: z
    .string()
    .regex(/^[\x21-\x7e]{1,128}$/, 'use 1 to 128 visible ASCII characters')
    .describe('idempotency key: the same id again within a day changes nothing'),
  source: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'use up to 32 of a-z, 0-9 and -')
    .describe('name of the sender, for the record; sequences are counted per call and source'),
  callId: z.string().min(1).max(64).optional().describe('the call, by our id'),
  roomSid: z
    .string()
    .regex(/^RM_[A-Za-z0-9_-]{1,64}$/, 'use the sid of a room')
    .optional()
    .describe('the call, by the sid of its room; the call itself may still be on its way'),
  sequence: z
    .number()
    .int()
    .min(1)
    .max(Number.MAX_SAFE_INTEGER)
    .optional()
    .describe('counted from 1; events are put in order by it, and a gap is waited for a second'),
  at: z
    .number()
    .min(0)
    .max(8.64e15)
    .optional()
    .describe('when it happened, epoch milliseconds; when it came in otherwise'),
}

const text = z.string().min(1).max(8000)
const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'use a BCP 47 tag such as en or de-DE')

const eventTypes = [
  z.strictObject({ ...envelope, type: z.literal('call-ringing') }),
  z.strictObject({ ...envelope, type: z.literal('call-started') }),
  z.strictObject({ ...envelope, type: z.literal('call-held') }),
  z.strictObject({ ...envelope, type: z.literal('call-resumed') }),
  z.strictObject({
    ...envelope,
    type: z.literal('call-ended'),
    reason: z.string().min(1).max(64).optional(),
  }),
  z.strictObject({
    ...envelope,
    type: z.literal('dtmf'),
    digit: z.string().regex(/^[0-9*#A-D]$/, 'use one of 0-9 * # A-D'),
  }),
  z.strictObject({ ...envelope, type: z.literal('transcript-interim'), text, language }),
  z.strictObject({ ...envelope, type: z.literal('transcript-final'), text, language }),
  z.strictObject({
    ...envelope,
    type: z.literal('recording-ready'),
    url: z.url().max(2048).describe('where the recording lies; it is kept as a reference only'),
    durationMs: z.number().min(0).max(86_400_000),
    contentType: z.string().max(100).optional(),
  }),
  z.strictObject({ ...envelope, type: z.literal('consent'), ...consentFields }),
  z.strictObject({ ...envelope, type: z.literal('note'), text: z.string().min(1).max(2000) }),
] as const

const oneCall = 'name the call by callId or by roomSid, and only by one of them'
const namesOneCall = (event: {
  readonly callId?: string | undefined
  readonly roomSid?: string | undefined
}) => (event.callId === undefined) !== (event.roomSid === undefined)

/** Body of `POST /call/event`: what a PBX, a recorder or another program knows about a call. */
export const callEventInput = z
  .discriminatedUnion('type', eventTypes)
  .refine(namesOneCall, { error: oneCall, path: ['callId'] })
export type CallEventInput = z.infer<typeof callEventInput>

/** Body of `POST /v1/livekit/transcription`: what another recogniser has heard. */
export const transcriptionInput = z
  .strictObject({
    ...envelope,
    speaker: z.enum(['caller', 'agent', 'other']),
    text,
    language,
    isFinal: z.boolean(),
    confidence: z.number().min(0).max(1).optional(),
  })
  .refine(namesOneCall, { error: oneCall, path: ['callId'] })
export type TranscriptionInput = z.infer<typeof transcriptionInput>

/** Answer of both: the event will be on the call's record, unless `duplicate` says that it is already. */
export const intakeReceipt = z.object({
  id: z.string(),
  status: z.enum(['accepted', 'duplicate']),
})
export type IntakeReceipt = z.infer<typeof intakeReceipt>

/** What `GET /v1/schemas/{name}.json` publishes. */
export const intakeSchemas = {
  'call-event': callEventInput,
  transcription: transcriptionInput,
  'intake-receipt': intakeReceipt,
} as const
