import { z } from 'zod'
import { dtmfEntry } from './dtmf.ts'
import { answeredBy, onMachine } from './outbound.ts'
import { transferRecord } from './transfer.ts'
import { turnWait } from './turn-times.ts'

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

/**
 * Why a call ended, from a closed list. Whose fault each is and what it means: docs/end-reasons.md, generated
 * from orchestrator/src/calls/end-reason.ts.
 */
export const endReason = z.enum([
  'caller-hangup',
  'caller-abandoned',
  'silence',
  'caller-hold',
  'bot-loop',
  'callee-busy',
  'callee-no-answer',
  'callee-declined',
  'answering-machine',
  'agent-goodbye',
  'operator-hangup',
  'transferred',
  'max-duration',
  'cost-limit',
  'line-busy',
  'hourly-limit',
  'unknown-line',
  'draining',
  'agent-lost',
  'agent-error',
  'no-agent',
  'room-lost',
  'orchestrator-stopped',
  'store-unavailable',
  'llm-unavailable',
  'asr-unavailable',
  'tts-unavailable',
  'unknown-number',
  'network-lost',
  'transfer-failed',
  'number-unreachable',
  'trunk-rejected',
])
export type EndReason = z.infer<typeof endReason>

/** The turn as the caller hears it (design section 4). */
export const turnPhase = z.enum(['idle', 'listening', 'processing', 'speaking', 'interrupted'])
export type TurnPhase = z.infer<typeof turnPhase>

/** What the dialogue waits for: turn-taking leaves more time to a caller who dictates. */
export const expectation = z.enum(['free', 'yes-no', 'digits', 'spelling', 'date'])

/** What an agent can be asked to do. `hangup` takes effect after everything said so far has been played. */
export const callAction = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hangup'), reason: z.string() }),
  z.object({
    kind: z.literal('transfer'),
    to: z.string().min(1).max(256).describe('a target of the line, a number in E.164, or sip:…'),
  }),
  z.object({ kind: z.literal('hold') }),
  z.object({ kind: z.literal('unhold') }),
  z.object({
    kind: z.literal('send-dtmf'),
    digits: z
      .string()
      .regex(/^[0-9A-Da-d*#,]{1,64}$/, 'keys 0-9 A-D * # and , for a pause of two seconds'),
  }),
  z.object({ kind: z.literal('set-language'), language: z.string().min(2).max(35) }),
  z.object({
    kind: z.literal('expect'),
    expect: expectation,
    dtmf: dtmfEntry
      .optional()
      .describe('protocol 3: keys are awaited too; absent: as `welcome.dtmf` says'),
  }),
  z.object({ kind: z.literal('mute') }),
  z.object({ kind: z.literal('unmute') }),
  z.object({
    kind: z.literal('whisper'),
    text: z.string().min(1).max(2000).describe('for the dialogue alone; the caller never hears it'),
  }),
  z.object({ kind: z.literal('take-over') }),
  /** Protocol 3: for a warm transfer. Opens a voice of its own to the colleague, silent as yet. */
  z.object({ kind: z.literal('consult') }),
  /** Protocol 3: said to the colleague alone; answered when the last sample has been played. */
  z.object({
    kind: z.literal('brief'),
    text: z.string().min(1).max(1000),
    language: z.string(),
    voice: z.string(),
  }),
  /** Protocol 3: two humans talk from now on; the job goes, and leaves the room as it is. */
  z.object({ kind: z.literal('bridge') }),
])
export type CallAction = z.infer<typeof callAction>

/** An action as it is kept: open until it has a result. */
export const actionRecord = z.object({
  actionId: z.string(),
  at: z.number(),
  action: callAction,
  result: z.object({ ok: z.boolean(), code: z.string().optional() }).optional(),
})
export type ActionRecord = z.infer<typeof actionRecord>

/** One sentence on its way to the caller. */
export const sayRecord = z.object({
  index: z.number().int(),
  text: z.string(),
  kind: z.enum(['reply', 'filler', 'prompt']),
  state: z.enum(['sent', 'started', 'played']),
  language: z.string().optional(),
  voice: z.string().optional(),
  interruptible: z.boolean().optional(),
  last: z.boolean().optional(),
  seq: z
    .number()
    .int()
    .optional()
    .describe('its number on the channel of the job that `epoch` names'),
  epoch: z.number().int().optional(),
})
export type SayRecord = z.infer<typeof sayRecord>

/** What was said without being asked: a farewell, an operator's words. */
export const promptRecord = z.object({
  turnId: z.string(),
  at: z.number(),
  says: z.array(sayRecord),
  heard: z.string().optional(),
})
export type PromptRecord = z.infer<typeof promptRecord>

/** Durations in milliseconds of one turn, in the order in which the caller waits for them. */
export const waterfall = z.object({
  endpointingMs: z.number().optional().describe('last voiced sample by VAD → turn received'),
  asrFinalMs: z.number().optional().describe('end of speech by VAD → final; overlaps endpointing'),
  speculatedMs: z
    .number()
    .optional()
    .describe(
      'of the model’s time, what passed before the turn was certain: the caller is spared it',
    ),
  orchestratorMs: z.number().describe('turn received → first say sent, less the model’s share'),
  llmMs: z
    .number()
    .describe(
      'first request → first clause, all model calls and tools included; less `speculatedMs`',
    ),
  ttsMs: z.number(),
  ttsCached: z.boolean().optional(),
  agentMs: z.number(),
  wait: turnWait
    .optional()
    .describe('since protocol 3, exact: the figures above are sums of its parts'),
})
export type Waterfall = z.infer<typeof waterfall>

export const toolCall = z.object({
  toolCallId: z.string().optional(),
  name: z.string(),
  arguments: z.record(z.string(), z.unknown()),
  ok: z.boolean(),
  result: z.unknown().describe('null while the tool runs'),
  afterSays: z.number().int().optional().describe('sentences of the turn that came before it'),
})

export const turnRecord = z.object({
  turnId: z.string(),
  state: z.enum(['processing', 'speaking', 'finished', 'cancelled', 'superseded', 'failed']),
  receivedAt: z.number(),
  text: z.string(),
  language: z.string(),
  reply: z.string().describe('what was sent to be said'),
  says: z.array(sayRecord).optional(),
  heard: z.string().optional().describe('what was really played'),
  interrupted: z.boolean(),
  tools: z.array(toolCall),
  waterfall: waterfall.optional(),
})
export type TurnRecord = z.infer<typeof turnRecord>

/** One call as it is kept, and as `GET /v1/calls/{id}` returns it beside its details. Times are epoch milliseconds. */
export const callRecord = z.object({
  id: z.string(),
  line: z.string(),
  state: callState,
  direction: z.enum(['inbound', 'outbound', 'web']).optional(),
  room: z.string(),
  roomSid: z.string(),
  sipCallId: z.string().optional(),
  callerHash: z.string().optional().describe('keyed hash of the caller’s number'),
  createdAt: z.number(),
  activeAt: z.number().optional(),
  endedAt: z.number().optional(),
  endReason: endReason.optional(),
  onMachine: onMachine.optional().describe('of a call that we placed'),
  answeredBy: answeredBy.optional().describe('of a call that we placed'),
  recordingConsent: z.enum(['given', 'refused']).optional().describe('the caller’s last word'),
  greeting: z.string(),
  greetingHeard: z.string().optional(),
  phase: turnPhase.optional(),
  expect: expectation.optional(),
  dtmf: dtmfEntry.optional().describe('the entry that is awaited'),
  muted: z.boolean().optional(),
  onHold: z.boolean().optional().describe('the caller hears music and is not listened to'),
  language: z.string().optional().describe('set by an operator: spoken whatever the caller speaks'),
  transfer: transferRecord.optional().describe('while one is under way'),
  job: z
    .object({ jobId: z.string(), epoch: z.number().int(), isLost: z.boolean() })
    .optional()
    .describe('the newest agent job of the call'),
  actions: z.array(actionRecord).optional(),
  prompts: z
    .array(promptRecord)
    .optional()
    .describe('what was said to no turn, the greeting aside'),
  turns: z.array(turnRecord),
})
export type CallRecord = z.infer<typeof callRecord>

/** One row of `GET /v1/calls`. */
export const callSummary = callRecord.omit({
  ...{ turns: true, greeting: true, greetingHeard: true },
  ...{
    phase: true,
    expect: true,
    dtmf: true,
    muted: true,
    onHold: true,
    language: true,
    transfer: true,
    job: true,
    actions: true,
    prompts: true,
  },
})
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
