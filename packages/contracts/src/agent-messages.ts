import { z } from 'zod'
import { answeredBy } from './outbound.ts'
import { turnMarks } from './turn-times.ts'

/**
 * Version of the call channel's protocol that this repository's agent speaks. 2 added `welcome.resume`,
 * `hello.callId` and `hello.epoch`, and the actions beyond hangup, mute, unmute and expect. 3 added what the agent
 * does by itself with a call: confirmed speculation, digits as entries, who answered, what is heard instead of speech.
 */
export const channelProtocol = 3
/** The oldest one that an orchestrator still serves, so that it can be replaced before the agents are. */
export const oldestChannelProtocol = 1

const language = z.string().min(2).describe('BCP 47 tag, for example "en" or "de-DE"')
const turnId = z.string().min(1).max(64)
const at = z.number().describe('epoch milliseconds, fractions allowed, by the sender’s clock')
const seq = z.number().int().positive().describe('position in the sender’s messages of this job')
const base = { seq, at }
const traceparent = z.string().max(256).describe('W3C Trace Context')

/** One word with its offsets in milliseconds from the start of the recognition stream. */
export const word = z.object({
  text: z.string(),
  startMs: z.number(),
  endMs: z.number(),
  confidence: z.number().optional(),
})

const hello = z.strictObject({
  ...base,
  type: z.literal('hello'),
  protocol: z.number().int(),
  room: z.string().min(1),
  roomSid: z.string().min(1),
  jobId: z.string().min(1),
  metadata: z.string().describe('the job’s metadata as dispatched: JSON or empty'),
  resumeFrom: z.number().int().nonnegative().describe('last orchestrator seq handled, 0 at first'),
  callId: z.string().min(1).max(64).optional().describe('from `welcome`, once there was one'),
  epoch: z.number().int().positive().optional().describe('likewise'),
  traceparent: traceparent.optional().describe('of the call; since protocol 3'),
})

const callStarted = z.strictObject({
  ...base,
  type: z.literal('call-started'),
  direction: z.enum(['inbound', 'outbound', 'web']),
  participant: z.string(),
  caller: z.string().optional(),
  called: z.string().optional(),
  sip: z.object({ callId: z.string(), trunkId: z.string().optional() }).optional(),
})

const callStatus = z.strictObject({
  ...base,
  type: z.literal('call-status'),
  status: z.enum(['ringing', 'active', 'hangup']),
})

const speechStart = z.strictObject({ ...base, type: z.literal('speech-start') })
const speechEnd = z.strictObject({
  ...base,
  type: z.literal('speech-end'),
  speechMs: z.number().optional(),
})

const transcriptInterim = z.strictObject({
  ...base,
  type: z.literal('transcript-interim'),
  text: z.string(),
  language,
})

const transcriptFinal = z.strictObject({
  ...base,
  type: z.literal('transcript-final'),
  text: z.string(),
  language,
  confidence: z.number(),
  words: z.array(word).optional(),
  asrFinalMs: z.number().optional().describe('from the end of speech, by VAD, to this final'),
})

const turn = z.strictObject({
  ...base,
  type: z.literal('turn'),
  turnId,
  text: z.string().min(1),
  language,
  confidence: z.number(),
  words: z.array(word).optional(),
  source: z.enum(['speech', 'text', 'dtmf']),
  speechEndedAt: z.number().optional().describe('last voiced sample by VAD, epoch ms'),
  endOfTurn: z.object({
    reason: z.enum(['model', 'silence', 'max-delay', 'complete', 'text', 'dtmf', 'unknown']),
    probability: z.number().optional(),
    delayMs: z.number().optional(),
  }),
  speculative: z
    .boolean()
    .optional()
    .describe('a likely end: nothing is said and nothing done before its `turn-confirm`'),
  secret: z
    .boolean()
    .optional()
    .describe('source `dtmf`: the entry was awaited as secret; its text is never recorded'),
  supersedes: turnId.optional().describe('the older turn gets no reply and no effect'),
  traceparent: traceparent.optional().describe('of the turn; since protocol 3'),
})

const confirmedTurn = turn
  .pick({
    ...{ text: true, language: true, confidence: true, words: true, source: true },
    ...{ endOfTurn: true, speechEndedAt: true, supersedes: true },
  })
  .partial()
/**
 * The caller has really stopped: the speculative turn counts. Since protocol 3 it repeats the turn as it is now, so
 * that an orchestrator that has never heard of it can run it, and one that has begun with other words begins again.
 */
const turnConfirm = z.strictObject({
  ...base,
  type: z.literal('turn-confirm'),
  turnId,
  ...confirmedTurn.shape,
})
const turnDrop = z.strictObject({ ...base, type: z.literal('turn-drop'), turnId })
const sayIndex = z.number().int().nonnegative()
const sayStarted = z.strictObject({
  ...base,
  type: z.literal('say-started'),
  turnId,
  index: sayIndex,
})
const sayFinished = z.strictObject({
  ...base,
  type: z.literal('say-finished'),
  turnId,
  index: sayIndex,
  playedMs: z.number(),
})
const cancel = z.strictObject({ ...base, type: z.literal('cancel'), turnId })
const heard = z.strictObject({
  ...base,
  type: z.literal('heard'),
  turnId,
  text: z.string().describe('the words that were really played, and no more'),
  interrupted: z.boolean(),
})
const dtmf = z.strictObject({
  ...base,
  type: z.literal('dtmf'),
  digit: z.string().regex(/^[0-9A-Da-d*#]$/),
  secret: z.boolean().optional().describe('part of a secret entry: it is not recorded'),
})
const silence = z.strictObject({ ...base, type: z.literal('silence'), sinceMs: z.number() })
/** What comes from the caller’s side, told at each change; since protocol 3. */
const callerAudio = z.strictObject({
  ...base,
  type: z.literal('caller-audio'),
  state: z.enum(['speech', 'silence', 'music', 'noise', 'no-media']),
  sinceMs: z.number().nonnegative().describe('for how long it has been so already'),
})
const leaving = z.strictObject({ ...base, type: z.literal('leaving'), reason: z.string() })
const actionResult = z.strictObject({
  ...base,
  type: z.literal('action-result'),
  actionId: z.string(),
  ok: z.boolean(),
  code: z.string().optional(),
})

/**
 * The agent’s share of one turn’s latency, in milliseconds.
 * `ttsMs`: request for the first sentence’s audio → its first byte.
 * `agentMs`: everything else the agent did between `say` received and the first sample given to the room.
 */
const stats = z.strictObject({
  ...base,
  type: z.literal('stats'),
  turnId,
  asrFinalMs: z.number().optional(),
  ttsMs: z.number(),
  ttsCached: z.boolean().optional(),
  agentMs: z.number(),
  firstSampleAt: z.number().describe('epoch ms'),
  bargeInStopMs: z.number().optional(),
  marks: turnMarks
    .optional()
    .describe('since protocol 3; the orchestrator joins them with its own'),
  channelRoundTripMs: z.number().optional().describe('of the newest ping; since protocol 3'),
})
const callEnded = z.strictObject({
  ...base,
  type: z.literal('call-ended'),
  reason: z
    .enum([
      'caller-hangup',
      'caller-lost',
      'agent-hangup',
      'room-deleted',
      'disconnected',
      'error',
      'voiceless',
    ])
    .describe(
      'caller-lost: their leg, disconnected: our own; voiceless: the tts-router stayed away, the caller has heard so',
    ),
})
/** Protocol 3, of a call that we placed: told once when it is known who took it, and again when a machine records. */
const answeredByMessage = z.strictObject({
  ...base,
  type: z.literal('answered-by'),
  by: answeredBy,
  atMs: z.number().nonnegative().describe('from the answer to the decision'),
  isRecording: z.boolean().describe('a message can be left from now on'),
})
/** Protocol 3: how far this job's recording of the call is. */
const recording = z.strictObject({
  ...base,
  type: z.literal('recording'),
  state: z.enum(['started', 'finished', 'removed']),
  reference: z.string().describe('where it is found once it is uploaded'),
  durationMs: z.number().nonnegative().optional(),
  bytes: z.number().int().nonnegative().optional(),
})
const ack = z.strictObject({ type: z.literal('ack'), upTo: z.number().int().nonnegative() })

/** Every message an agent job sends over the call channel. Source: design section 3. */
export const agentMessage = z.discriminatedUnion('type', [
  hello,
  callStarted,
  callStatus,
  speechStart,
  speechEnd,
  transcriptInterim,
  transcriptFinal,
  turn,
  turnConfirm,
  turnDrop,
  sayStarted,
  sayFinished,
  cancel,
  heard,
  dtmf,
  silence,
  callerAudio,
  leaving,
  actionResult,
  stats,
  callEnded,
  answeredByMessage,
  recording,
  ack,
])
export type AgentMessage = z.infer<typeof agentMessage>
export type AgentMessageOf<T extends AgentMessage['type']> = Extract<AgentMessage, { type: T }>
