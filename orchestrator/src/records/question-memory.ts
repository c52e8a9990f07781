import type { CallEvent } from '@trunkline/contracts'

/** What each call's agent said last, so that a bare answer can be redacted for what it is. */
export interface QuestionMemory {
  /**
   * What the agent had said before the caller's words; undefined for other events. The same event given again, as a
   * write that is repeated does, has the same answer.
   */
  before(said: { readonly callId: string; readonly event: CallEvent }): string | undefined
}

interface Question {
  readonly turnId: string
  readonly text: string
}

/** A call without an end, as one that another process takes over, is forgotten when so many newer ones have come. */
const maxCalls = 5000
/** The redactor looks no further back. */
const maxTextLength = 300

export function createQuestionMemory(): QuestionMemory {
  const questions = new Map<string, Question>()
  const answered = new WeakMap<CallEvent, string>()

  const note = (callId: string, { turnId, text }: Question) => {
    const known = questions.get(callId)
    const whole = known?.turnId === turnId ? `${known.text} ${text}` : text
    questions.delete(callId) // so that the oldest is the first of the map
    questions.set(callId, { turnId, text: whole.slice(-maxTextLength) })
    const [oldest] = questions.keys()
    if (questions.size > maxCalls && oldest !== undefined) questions.delete(oldest)
  }

  return {
    before({ callId, event }) {
      switch (event.type) {
        case 'call-created':
          note(callId, { turnId: 'greeting', text: event.greeting })
          return undefined
        case 'say':
          note(callId, event)
          return undefined
        case 'call-ended':
          questions.delete(callId)
          return undefined
        case 'turn-received':
        case 'transcript-final':
        case 'external-transcript': {
          const before = answered.get(event) ?? questions.get(callId)?.text
          if (before !== undefined) answered.set(event, before)
          return before
        }
        default:
          return undefined
      }
    },
  }
}
