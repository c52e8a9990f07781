import type { EndReason, Line } from '@trunkline/contracts'
import type { Admission } from '../limits/admission.ts'
import type { TransferSpeech } from '../transfer/transfer-speech.ts'
import { watchWaiting } from '../transfer/while-waiting.ts'
import type { CallEnding } from './call-ending.ts'
import type { Journal } from './journal.ts'
import { type LimitWatch, watchLimits } from './limit-watch.ts'
import type { ReachedLimit } from './limits.ts'
import type { Prompts } from './prompts.ts'
import type { TurnRunner } from './turn-runner.ts'

/** What a line allows a call, and what becomes of one that has reached it. */
export interface CallLimits extends LimitWatch {
  /** Says why and hangs up; ends at once what nobody of ours is in. */
  reached(kind: ReachedLimit): void
}

export interface CallLimitsDeps {
  readonly line: Line
  readonly journal: Journal
  readonly prompts: Pick<Prompts, 'reprompt' | 'farewell'>
  readonly runner: Pick<TurnRunner, 'stop'>
  readonly ending: Pick<CallEnding, 'isEnding' | 'hangUp'>
  readonly endNow: (reason: EndReason) => Promise<void>
  readonly transferSpeech: Pick<TransferSpeech, 'say'>
  readonly admission: Pick<Admission, 'costEur'> | undefined
  /** Of any line. */
  readonly maxCallSeconds: number
  /** False while the caller waits for somebody else, or is spoken with. */
  readonly mayReprompt: () => boolean
  readonly now: () => number
}

export function createCallLimits(deps: CallLimitsDeps): CallLimits {
  const { line, journal, prompts, runner, ending, endNow, admission, now } = deps
  const reached = (kind: ReachedLimit) => {
    if (ending.isEnding) return
    if (journal.record.state === 'bridged') {
      void endNow(kind) // never rejects; nobody is there to say goodbye
      return
    }
    runner.stop()
    prompts.farewell(kind)
    ending.hangUp(kind)
  }
  const { callSeconds, silenceSeconds, costEur: maxCostEur, holdSeconds, reprompts } = line.limits
  const watch = watchLimits({
    ...{ journal, now, silenceSeconds, holdSeconds, reprompts, maxCostEur },
    mayReprompt: deps.mayReprompt,
    callSeconds: Math.min(callSeconds, deps.maxCallSeconds),
    costEur: () => admission?.costEur(journal.record) ?? 0,
    onReprompt: () => prompts.reprompt(),
    onReached: reached,
  })
  const stopWaiting = watchWaiting({
    ...{ journal, now, speech: deps.transferSpeech },
    keepAwake: () => watch.heard({ type: 'awake' }),
  })
  return {
    heard: watch.heard,
    reached,
    stop() {
      watch.stop()
      stopWaiting()
    },
  }
}
