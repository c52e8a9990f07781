import { z } from 'zod'

export const callState = z.enum([
  'created',
  'ringing',
  'active',
  'held',
  'transferring',
  'bridged',
  'ending',
  'ended',
  'failed',
])
export type CallState = z.infer<typeof callState>

/** Why a call ended, from a closed list; the list grows with what the product can tell apart. */
export const endReason = z.enum([
  'caller-hangup',
  'caller-abandoned',
  'agent-goodbye',
  'operator-hangup',
  'max-duration',
  'silence',
  'unknown-number',
  'agent-lost',
  'agent-error',
  'room-lost',
  'orchestrator-stopped',
])
export type EndReason = z.infer<typeof endReason>

/** Durations in milliseconds of one turn, in the order in which the caller waits for them. */
export const waterfall = z.object({
  endpointingMs: z.number().optional().describe('last voiced sample by VAD → turn received'),
  asrFinalMs: z.number().optional().describe('end of speech by VAD → final; overlaps endpointing'),
  orchestratorMs: z.number().describe('turn received → first say sent, less the model’s share'),
  llmMs: z.number().describe('first request → first clause, all model calls and tools included'),
  ttsMs: z.number(),
  agentMs: z.number(),
})
export type Waterfall = z.infer<typeof waterfall>

export const toolCall = z.object({
  toolCallId: z.string().optional(),
  name: z.string(),
  arguments: z.record(z.string(), z.unknown()),
  ok: z.boolean(),
  result: z.unknown().describe('null while the tool runs'),
})

export const turnRecord = z.object({
  turnId: z.string(),
  state: z.enum(['processing', 'speaking', 'finished', 'cancelled', 'superseded', 'failed']),
  receivedAt: z.number(),
  text: z.string(),
  language: z.string(),
  reply: z.string().describe('what was sent to be said'),
  heard: z.string().optional().describe('what was really played'),
  interrupted: z.boolean(),
  tools: z.array(toolCall),
  waterfall: waterfall.optional(),
})
export type TurnRecord = z.infer<typeof turnRecord>

/** One call as `GET /v1/calls/{id}` returns it. Times are epoch milliseconds. */
export const callRecord = z.object({
  id: z.string(),
  line: z.string(),
  state: callState,
  direction: z.enum(['inbound', 'outbound', 'web']).optional(),
  room: z.string(),
  roomSid: z.string(),
  sipCallId: z.string().optional(),
  createdAt: z.number(),
  activeAt: z.number().optional(),
  endedAt: z.number().optional(),
  endReason: endReason.optional(),
  greeting: z.string(),
  greetingHeard: z.string().optional(),
  turns: z.array(turnRecord),
})
export type CallRecord = z.infer<typeof callRecord>

/** One row of `GET /v1/calls`. */
export const callSummary = callRecord.omit({ turns: true, greeting: true, greetingHeard: true })
export type CallSummary = z.infer<typeof callSummary>

/** Query of `GET /v1/calls`; newest first. */
export const callQuery = z.object({
  state: callState.optional(),
  line: z.string().optional(),
  room: z.string().optional(),
  sipCallId: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().optional(),
})
export const callList = z.object({
  calls: z.array(callSummary),
  nextCursor: z.string().optional(),
})
