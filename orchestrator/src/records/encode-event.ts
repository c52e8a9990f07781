import type { CallEvent, TranscriptPolicy } from '@trunkline/contracts'
import { createQuestionMemory } from './question-memory.ts'
import { toRecordJson } from './record-entry.ts'
import { applyTextPolicy, type Redact } from './text-policy.ts'
import { toUsage } from './usage.ts'

/** An event of a call with the line it belongs to. */
export interface RecordedEvent {
  readonly callId: string
  readonly eventId: string
  readonly line: string
  readonly event: CallEvent
}

export interface EncoderDeps {
  /** Undefined for a line that is gone. */
  readonly policyOf: (lineId: string) => TranscriptPolicy | undefined
  readonly redact: Redact
}

/** What nobody asks for once the call is over. `call-restored` repeats what is on record already. */
const unrecorded: ReadonlySet<CallEvent['type']> = new Set([
  'speech-start',
  'speech-end',
  'transcript-interim',
  'say-started',
  'say-finished',
  'call-restored',
] satisfies CallEvent['type'][])

/**
 * Makes what an event leaves in the stream `records`, or undefined when it leaves nothing. The line's policy is
 * applied here: words that may not be kept reach neither the stream nor the disk.
 */
export function createEventEncoder({ policyOf, redact }: EncoderDeps) {
  const questions = createQuestionMemory()
  return ({ callId, eventId, line, event }: RecordedEvent): string | undefined => {
    const before = questions.before({ callId, event })
    if (unrecorded.has(event.type)) return undefined
    if (event.type === 'external-transcript' && !event.isFinal) return undefined
    const usage = toUsage(event)
    const policy = policyOf(line) ?? 'redacted'
    return toRecordJson({
      ...{ kind: 'call-event', callId, eventId },
      event: applyTextPolicy(event, { policy, redact, ...(before !== undefined && { before }) }),
      ...(usage.length === 0 ? {} : { usage: [...usage] }),
    })
  }
}
export type EncodeEvent = ReturnType<typeof createEventEncoder>
