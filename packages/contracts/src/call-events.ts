import { z } from 'zod'
import { callAction, callRecord, endReason, waterfall } from './call.ts'
import { consentFields } from './consent.ts'
import { answeredBy, onMachine } from './outbound.ts'
import { transferMode, transferStage } from './transfer.ts'

const base = { at: z.number() }
const turnId = z.string()
const tokenUsage = z.object({
  promptTokens: z.number().int(),
  completionTokens: z.number().int(),
  totalTokens: z.number().int(),
})

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
    onMachine: onMachine.optional(),
  }),
  z.object({
    ...base,
    type: z.literal('call-started'),
    direction: z.enum(['inbound', 'outbound', 'web']),
    sipCallId: z.string().optional(),
    callerHash: z
      .string()
      .optional()
      .describe('keyed hash of the caller’s number, to find it again'),
  }),
  z.object({ ...base, type: z.literal('call-ringing') }),
  z.object({ ...base, type: z.literal('call-active') }),
  z.object({
    ...base,
    type: z.literal('answered-by'),
    by: answeredBy,
    atMs: z.number(),
    isRecording: z.boolean(),
  }),
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
    late: z.boolean().optional().describe('its turn was over already: the next reply tells it'),
  }),
  z.object({
    ...base,
    type: z.literal('say'),
    turnId,
    index: z.number(),
    text: z.string(),
    kind: z.enum(['reply', 'filler', 'prompt']),
    language: z.string().optional(),
    voice: z.string().optional(),
    interruptible: z.boolean().optional(),
    last: z.boolean().optional(),
    seq: z
      .number()
      .int()
      .optional()
      .describe('its number on the channel of the job with this epoch'),
    epoch: z.number().int().optional(),
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
  z.object({
    ...base,
    type: z.literal('turn-finished'),
    turnId,
    model: z.string().optional(),
    usage: tokenUsage.optional(),
  }),
  /** An unfinished turn goes on in another process, after its sentence `lastIndex`; -1: from its beginning. */
  z.object({ ...base, type: z.literal('turn-resumed'), turnId, lastIndex: z.number().int() }),
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
  z.object({
    ...base,
    type: z.literal('action'),
    actionId: z.string(),
    kind: z.string(),
    action: callAction.optional().describe('absent in streams written before protocol 2'),
    by: z.enum(['dialogue', 'operator', 'limit', 'system']).optional(),
  }),
  z.object({
    ...base,
    type: z.literal('action-finished'),
    actionId: z.string(),
    ok: z.boolean(),
    code: z.string().optional(),
  }),
  z.object({ ...base, type: z.literal('call-held') }),
  z.object({ ...base, type: z.literal('call-resumed') }),
  z.object({
    ...base,
    type: z.literal('call-transferring'),
    actionId: z.string().optional(),
    target: z.string().optional().describe('name of the line’s target; absent for a number'),
    mode: transferMode.optional(),
    turnId: turnId.optional().describe('the turn in which the model asked for it'),
  }),
  z.object({ ...base, type: z.literal('transfer-stage'), stage: transferStage }),
  /** Two humans speak; no agent is expected any more. */
  z.object({ ...base, type: z.literal('call-bridged') }),
  z.object({ ...base, type: z.literal('transfer-failed'), code: z.string().optional() }),
  /** An agent job has said its first `hello`, to the orchestrator that holds the lease by `token`. */
  z.object({
    ...base,
    type: z.literal('job-linked'),
    jobId: z.string(),
    epoch: z.number().int(),
    holder: z.string(),
    token: z.number().int(),
    protocol: z.number().int(),
  }),
  z.object({
    ...base,
    type: z.literal('job-lost'),
    jobId: z.string(),
    epoch: z.number().int(),
    why: z.enum(['broken', 'leaving']),
  }),
  z.object({ ...base, type: z.literal('job-back'), jobId: z.string(), epoch: z.number().int() }),
  z.object({
    ...base,
    type: z.literal('dispatched'),
    attempt: z.number().int(),
    why: z.string(),
    agentName: z.string().optional(),
  }),
  z.object({
    ...base,
    type: z.literal('dispatch-failed'),
    attempt: z.number().int(),
    why: z.string(),
  }),
  /** Another orchestrator process has taken the call over. */
  z.object({
    ...base,
    type: z.literal('orchestrator-changed'),
    holder: z.string(),
    token: z.number().int(),
  }),
  z.object({ ...base, type: z.literal('consent'), ...consentFields }),
  /** Begins the stream anew, with all that is known, after Redis has lost it. */
  z.object({ ...base, type: z.literal('call-restored'), call: callRecord }),
  z.object({ ...base, type: z.literal('limit-reached'), limit: z.string() }),
  z.object({ ...base, type: z.literal('intent'), turnId: turnId.optional(), intent: z.string() }),
  z.object({
    ...base,
    type: z.literal('usage'),
    kind: z.enum(['llm', 'asr', 'tts', 'telephony']),
    engine: z.string(),
    unit: z.enum(['prompt-token', 'completion-token', 'second', 'character', 'minute']),
    amount: z.number(),
    turnId: turnId.optional(),
  }),
  z.object({ ...base, type: z.literal('recording-started'), reference: z.string() }),
  /** The caller did not want it: nothing of it is left. */
  z.object({ ...base, type: z.literal('recording-removed'), reference: z.string() }),
  z.object({
    ...base,
    type: z.literal('recording-finished'),
    reference: z.string(),
    source: z.enum(['egress', 'agent']),
    durationMs: z.number().optional(),
    bytes: z.number().optional(),
  }),
  z.object({
    ...base,
    type: z.literal('external-event'),
    eventId: z.string().describe('the sender’s own id of it'),
    source: z.string(),
    sequence: z.number().int().optional(),
    kind: z.string().describe('its `type` at POST /call/event'),
    data: z.record(z.string(), z.unknown()),
  }),
  z.object({
    ...base,
    type: z.literal('external-transcript'),
    eventId: z.string(),
    source: z.string(),
    sequence: z.number().int().optional(),
    speaker: z.enum(['caller', 'agent', 'other']),
    text: z.string(),
    language: z.string(),
    isFinal: z.boolean(),
  }),
  /** What the room server said differed from what was on record, and was put right. */
  z.object({ ...base, type: z.literal('reconciled'), what: reconciledWhat }),
  z.object({ ...base, type: z.literal('call-ending'), reason: endReason }),
  z.object({ ...base, type: z.literal('call-ended'), reason: endReason }),
])
export type CallEvent = z.infer<typeof callEvent>
export type CallEventOf<T extends CallEvent['type']> = Extract<CallEvent, { type: T }>
