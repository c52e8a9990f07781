import type { CallAction, CallEvent, TranscriptPolicy } from '@trunkline/contracts'
import { isConsentFromOutside } from './consent-from-outside.ts'

/** Replaces personal data in a text. */
export type Redact = (text: string, context?: SpeechContext) => string

/** What is known of a text that was said. */
export interface SpeechContext {
  /** BCP 47. */
  readonly language?: string
  /** What the other side said just before, for an answer that is nothing but a name or a number. */
  readonly before?: string
}

type Words = (text: string, context?: SpeechContext) => string

/** Fields of tools' arguments and results that hold nothing but who the guest is, which no pattern can find. */
const namingFields = /(^|_)(name|phone|email|address|birth|passport|note)$/
const notNames: ReadonlySet<string> = new Set(['room_name'])

/** The event as the line wants it kept: its words as they are, redacted, or not at all. */
export function applyTextPolicy(
  event: CallEvent,
  { policy, redact, before }: { policy: TranscriptPolicy; redact: Redact; before?: string },
): CallEvent {
  if (policy === 'full') return event
  const isKept = policy === 'redacted'
  const language = 'language' in event ? event.language : undefined
  const context = {
    ...(language === undefined ? {} : { language }),
    ...(before === undefined ? {} : { before }),
  }
  const words: Words = (text, more) => (isKept ? redact(text, { ...context, ...more }) : '')
  const values = (record: Readonly<Record<string, unknown>>) =>
    isKept ? redactRecord(record, words) : {}
  switch (event.type) {
    case 'transcript-interim':
    case 'transcript-final':
    case 'turn-received':
    case 'heard':
    case 'say':
    case 'external-transcript':
      return { ...event, text: words(event.text) }
    case 'dtmf':
      return { ...event, digit: '*' } // a card number comes one digit at a time
    case 'tool-called':
      return { ...event, arguments: values(event.arguments) }
    case 'tool-finished':
      return { ...event, result: isRecord(event.result) ? values(event.result) : null }
    case 'external-event':
      if (isConsentFromOutside(event)) return event // holds no word of anybody, and must last
      return { ...event, data: values(event.data) }
    case 'action':
      return event.action ? { ...event, action: toKeptAction(event.action, words) } : event
    default:
      return event
  }
}

/** Every kind is named, so that a new one that holds words is not kept by oversight. */
function toKeptAction(action: CallAction, words: Words): CallAction {
  switch (action.kind) {
    case 'whisper':
      return { ...action, text: words(action.text) || '*' }
    case 'brief': {
      // The model's reason, or the caller's own last words.
      const { text, language } = action
      return { ...action, text: words(text, { language }) || '*' }
    }
    case 'transfer':
      return { ...action, to: words(action.to) || '*' }
    case 'send-dtmf':
      return { ...action, digits: '*' }
    case 'hangup':
    case 'hold':
    case 'unhold':
    case 'set-language':
    case 'expect':
    case 'mute':
    case 'unmute':
    case 'take-over':
    case 'consult':
    case 'bridge':
      return action
    default:
      return action satisfies never
  }
}

function redactRecord(
  record: Readonly<Record<string, unknown>>,
  words: (text: string) => string,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => {
      const isNaming = namingFields.test(key) && !notNames.has(key)
      return [key, isNaming && typeof value === 'string' ? '[name]' : redactValue(value, words)]
    }),
  )
}

function redactValue(value: unknown, words: (text: string) => string): unknown {
  if (typeof value === 'string') return words(value)
  if (Array.isArray(value)) return value.map((one) => redactValue(one, words))
  return isRecord(value) ? redactRecord(value, words) : value
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
