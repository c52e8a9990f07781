import { z } from 'zod'
import { endReason, waterfall } from './call.ts'

const base = { at: z.number() }
const turnId = z.string()

/** What the reconciler has put right (orchestrator/README.md). */
export const reconciledWhat = z.enum([
  'room-gone',
  'caller-gone',
  'orchestrator-gone',
  'room-left-over',
])
export type ReconciledWhat = z.infer<typeof reconciledWhat>

/**
 * One entry of a call's append-only event stream (Redis stream `call:{id}:events`), and the data of one
 * server-sent event of `GET /v1/calls/{id}/events`, whose `event:` is the type and `id:` the stream's.
 */
export const callEvent = z.discriminatedUnion('type', [
  z.object({
    ...base,
    type: z.literal('call-created'),
    line: z.string(),
    room: z.string(),
    roomSid: z.string(),
    jobId: z.string(),
    greeting: z.string(),
  }),
  z.object({
    ...base,
    type: z.literal('call-started'),
    direction: z.enum(['inbound', 'outbound', 'web']),
    sipCallId: z.string().optional(),
  }),
  z.object({ ...base, type: z.literal('call-ringing') }),
  z.object({ ...base, type: z.literal('call-active') }),
  z.object({ ...base, type: z.literal('speech-start') }),
  z.object({ ...base, type: z.literal('speech-end') }),
  z.object({ ...base, type: z.literal('transcript-interim'), text: z.string() }),
  z.object({ ...base, type: z.literal('transcript-final'), text: z.string() }),
  z.object({
    ...base,
    type: z.literal('turn-received'),
    turnId,
    text: z.string(),
    language: z.string(),
    source: z.string(),
    supersedes: turnId.optional(),
  }),
  z.object({
    ...base,
    type: z.literal('tool-called'),
    turnId,
    toolCallId: z.string().optional(),
    name: z.string(),
    arguments: z.record(z.string(), z.unknown()),
  }),
  z.object({
    ...base,
    type: z.literal('tool-finished'),
    turnId,
    toolCallId: z.string().optional(),
    name: z.string(),
    ok: z.boolean(),
    result: z.unknown(),
  }),
  z.object({
    ...base,
    type: z.literal('say'),
    turnId,
    index: z.number(),
    text: z.string(),
    kind: z.enum(['reply', 'filler', 'prompt']),
  }),
  z.object({ ...base, type: z.literal('say-started'), turnId, index: z.number() }),
  z.object({
    ...base,
    type: z.literal('say-finished'),
    turnId,
    index: z.number(),
    playedMs: z.number(),
  }),
  z.object({ ...base, type: z.literal('turn-cancelled'), turnId }),
  z.object({
    ...base,
    type: z.literal('heard'),
    turnId,
    text: z.string(),
    interrupted: z.boolean(),
  }),
  z.object({ ...base, type: z.literal('turn-finished'), turnId }),
  z.object({ ...base, type: z.literal('turn-failed'), turnId, code: z.string() }),
  z.object({
    ...base,
    type: z.literal('turn-stats'),
    turnId,
    waterfall,
    firstSampleAt: z.number(),
    bargeInStopMs: z.number().optional(),
  }),
  z.object({ ...base, type: z.literal('dtmf'), digit: z.string() }),
  z.object({ ...base, type: z.literal('action'), actionId: z.string(), kind: z.string() }),
  z.object({
    ...base,
    type: z.literal('action-finished'),
    actionId: z.string(),
    ok: z.boolean(),
  }),
  z.object({
    ...base,
    type: z.literal('external-event'),
    eventId: z.string().describe('the sender’s own id of it'),
    source: z.string(),
    kind: z.string().describe('its `type` at POST /call/event'),
    data: z.record(z.string(), z.unknown()),
  }),
  z.object({
    ...base,
    type: z.literal('external-transcript'),
    eventId: z.string(),
    source: z.string(),
    speaker: z.enum(['caller', 'agent', 'other']),
    text: z.string(),
    language: z.string(),
    isFinal: z.boolean(),
  }),
  z.object({ ...base, type: z.literal('reconciled'), what: reconciledWhat }),
  z.object({ ...base, type: z.literal('call-ending'), reason: endReason }),
  z.object({ ...base, type: z.literal('call-ended'), reason: endReason }),
])
export type CallEvent = z.infer<typeof callEvent>
export type CallEventOf<T extends CallEvent['type']> = Extract<CallEvent, { type: T }>
