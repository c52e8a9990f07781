import type { CallEvent, EndReason, Line } from '@trunkline/contracts'
import { greetingTurnId } from '../calls/apply-event.ts'
import { toLineSpeech } from '../calls/speech.ts'
import type { SayDraft } from '../calls/to-agent.ts'
import type { Refusal } from '../limits/admission.ts'
import type { CallTransfers } from './call-transfers.ts'

/** Calls that nobody here can serve go to the line's default target, where it has one. */
export interface HandOver {
  /** The model has failed for good. */
  giveUp(): void
  /** To be told of everything that is put on record: a caller who is refused is sent on once that was heard. */
  noteEvent(event: CallEvent): void
}

export interface HandOverDeps {
  readonly line: Line
  readonly refusal: Refusal | undefined
  readonly transfers: Pick<CallTransfers, 'begin'>
  readonly say: (draft: SayDraft) => void
  readonly hangUp: (reason: EndReason) => void
}

/** True for a call that is answered only to be sent on. */
export function isSentOn(line: Line, refusal: Refusal | undefined): boolean {
  return refusal !== undefined && line.limits.whenFull === 'transfer'
}

export function createHandOver({ line, refusal, transfers, say, hangUp }: HandOverDeps): HandOver {
  const toDefault = (wish: { isAnnounced?: boolean; orElse: () => void }) => {
    const to = line.transfer?.default
    const answer = to === undefined ? undefined : transfers.begin({ to, by: 'system', ...wish })
    if (answer !== 'taken') wish.orElse()
  }
  const refuse = ({ reason, words: text }: Refusal) => {
    const { language, voice } = toLineSpeech(line)
    const draft = { turnId: 'prompt-refusal', index: 0, text, language, voice } as const
    say({ ...draft, kind: 'prompt', interruptible: false, last: true })
    hangUp(reason)
  }
  return {
    giveUp: () => toDefault({ orElse: () => hangUp('agent-error') }),
    noteEvent(event) {
      if (event.type !== 'heard' || event.turnId !== greetingTurnId) return
      if (!refusal || !isSentOn(line, refusal)) return
      // After this event has been dealt with by whoever has put it on record.
      setImmediate(() => toDefault({ isAnnounced: false, orElse: () => refuse(refusal) }))
    },
  }
}
