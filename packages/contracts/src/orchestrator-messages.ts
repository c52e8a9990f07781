import { z } from 'zod'
import { callAction, expectation } from './call.ts'
import { dtmfEntry } from './dtmf.ts'
import { onMachine } from './outbound.ts'

const at = z.number()
const seq = z.number().int().positive()
const base = { seq, at }
const turnId = z.string().min(1).max(64)

/** A voice by language; `name` is the tts-router's, empty for the language's default. */
export const voice = z.object({ language: z.string(), name: z.string() })
export type Voice = z.infer<typeof voice>

/** What the agent's end-of-turn and interruption rules are set to; milliseconds. */
export const turnTaking = z.object({
  minEndpointingDelayMs: z.number().int().nonnegative(),
  maxEndpointingDelayMs: z.number().int().positive(),
  minInterruptionMs: z.number().int().nonnegative(),
  falseInterruptionTimeoutMs: z.number().int().nonnegative(),
  // Since protocol 3; an orchestrator that does not know them leaves them at what lines have by default.
  wordlessInterruptionMs: z.number().int().positive().default(1500),
  dictationPauseMs: z.number().int().positive().default(1500),
  maxSpeculations: z.number().int().nonnegative().default(2),
  adaptToCaller: z.boolean().default(true),
})
export type TurnTaking = z.infer<typeof turnTaking>

/** What a new job needs to go on with a call that another one has begun. */
export const resume = z.object({
  active: z.boolean().describe('the caller was answered already: no greeting'),
  history: z.array(z.object({ role: z.enum(['caller', 'agent']), text: z.string() })),
  expect: expectation,
  dtmf: dtmfEntry.optional().describe('the entry that is awaited'),
  turn: z
    .object({
      turnId,
      lastIndexPlayed: z.number().int().min(-1).describe('-1: nothing of it was played'),
    })
    .optional()
    .describe('the unfinished turn; the orchestrator goes on with it by itself'),
  turnsSeen: z
    .number()
    .int()
    .nonnegative()
    .describe('a new job mints turn-<turnsSeen + 1> and so on'),
  actions: z.array(z.object({ actionId: z.string(), action: callAction })).describe('still open'),
})
export type Resume = z.infer<typeof resume>

const welcome = z.strictObject({
  ...base,
  type: z.literal('welcome'),
  callId: z.string(),
  epoch: z.number().int().positive(),
  line: z.object({ id: z.string(), name: z.string() }),
  greeting: z.object({
    text: z.string(),
    language: z.string(),
    voice: z.string(),
    interruptible: z.boolean(),
    disclosure: z
      .string()
      .optional()
      .describe('the part of the text until whose end nobody interrupts it'),
  }),
  voice,
  turnTaking,
  limits: z.object({ callSeconds: z.number().positive(), silenceSeconds: z.number().positive() }),
  keyterms: z.array(z.string()),
  apology: z.object({ text: z.string(), language: z.string(), voice: z.string() }),
  bridging: z
    .object({ text: z.string(), language: z.string(), voice: z.string() })
    .optional()
    .describe('said at once by a job that takes over a call under way'),
  transferTo: z
    .string()
    .optional()
    .describe('protocol 3: whom the caller is handed to when the agent cannot go on'),
  dtmf: z
    .object({
      entry: dtmfEntry,
      menuKeys: z
        .array(z.string())
        .describe('one of these as the first key is an entry by itself, unless one is awaited'),
    })
    .optional()
    .describe('protocol 3: how keys that nobody has asked for become an entry'),
  recording: z
    .enum(['on', 'ask'])
    .optional()
    .describe('protocol 3: both voices are recorded; ask: from `recording-consent` on'),
  comfortTone: z
    .boolean()
    .optional()
    .describe('protocol 3: a soft tone is played while an answer takes long'),
  outbound: z
    .object({ onMachine })
    .optional()
    .describe('protocol 3: of a call that we placed: who took it is found out before the greeting'),
  resume: resume.optional().describe('only for a job that takes a call over'),
})

const say = z.strictObject({
  ...base,
  type: z.literal('say'),
  turnId,
  index: z.number().int().nonnegative(),
  text: z.string().min(1),
  language: z.string(),
  voice: z.string(),
  kind: z.enum(['reply', 'filler', 'prompt']),
  interruptible: z.boolean(),
  last: z.boolean().describe('true when the turn’s reply is known to end with this one'),
  cacheable: z
    .boolean()
    .optional()
    .describe('protocol 3: a reply that holds nothing of the caller’s: its audio may be kept'),
})

const turnFinished = z.strictObject({
  ...base,
  type: z.literal('turn-finished'),
  turnId,
  usage: z
    .object({
      promptTokens: z.number().int(),
      completionTokens: z.number().int(),
      totalTokens: z.number().int(),
    })
    .optional(),
})

/** Idempotent by `actionId`; answered with `action-result`. */
const action = z.strictObject({
  ...base,
  type: z.literal('action'),
  actionId: z.string(),
  action: callAction,
})

/** Answer to a message that could not be taken; the call goes on unless `retryable` is false on `hello`. */
const error = z.strictObject({
  ...base,
  type: z.literal('error'),
  code: z.enum([
    'bad-message',
    'unknown-type',
    'unsupported-protocol',
    'unknown-line',
    'not-hello',
    'unavailable',
    'superseded',
  ]),
  message: z.string(),
  field: z.string().optional(),
  retryable: z.boolean(),
})

/** Protocol 3, to a job that records or may: what the caller has said to it. */
const recordingConsent = z.strictObject({
  ...base,
  type: z.literal('recording-consent'),
  isGiven: z.boolean().describe('false: nothing is recorded any more, and what was is removed'),
})

const ack = z.strictObject({ type: z.literal('ack'), upTo: z.number().int().nonnegative() })

/** Every message the orchestrator sends over the call channel. Source: design section 3. */
export const orchestratorMessage = z.discriminatedUnion('type', [
  welcome,
  say,
  turnFinished,
  action,
  recordingConsent,
  error,
  ack,
])
export type OrchestratorMessage = z.infer<typeof orchestratorMessage>
export type OrchestratorMessageOf<T extends OrchestratorMessage['type']> = Extract<
  OrchestratorMessage,
  { type: T }
>

/** WebSocket close codes of the call channel. */
export const closeCode = {
  goingAway: 1012,
  unauthorized: 4401,
  superseded: 4409,
  refused: 4404,
} as const
