import type { CallState } from '@trunkline/contracts'
import type { Journal } from '../calls/journal.ts'
import type { TransferSpeech } from './transfer-speech.ts'

export interface WhileWaitingDeps {
  readonly journal: Pick<Journal, 'record'>
  readonly speech: Pick<TransferSpeech, 'say'>
  /** Silence is no fault of a caller who has been asked to wait, or talks with somebody else. */
  readonly keepAwake: () => void
  readonly now: () => number
}

const quiet: ReadonlySet<CallState> = new Set(['held', 'transferring', 'bridged'])
const everyMs = 1000
const comfortMs = 30_000

/** Looks every second after a caller who waits: the silence limit does not run, and now and then they are thanked. */
export function watchWaiting({ journal, speech, keepAwake, now }: WhileWaitingDeps): () => void {
  let toldAt = now()
  const timer = setInterval(() => {
    const { state } = journal.record
    if (quiet.has(state)) keepAwake()
    // In a queue they are told their place instead.
    if (state !== 'held') toldAt = now()
    else if (now() - toldAt >= comfortMs) {
      speech.say('comfort')
      toldAt = now()
    }
  }, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}
