import type { CallEvent, TranscriptPolicy } from '@trunkline/contracts'
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
  const words = (text: string) => (isKept ? redact(text, context) : '')
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
    case 'action': {
      const { action } = event
      if (action?.kind === 'whisper')
        return { ...event, action: { ...action, text: words(action.text) || '*' } }
      if (action?.kind === 'transfer')
        return { ...event, action: { ...action, to: words(action.to) || '*' } }
      if (action?.kind === 'send-dtmf') return { ...event, action: { ...action, digits: '*' } }
      return event
    }
    default:
      return event
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
