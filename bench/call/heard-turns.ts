import type { CallEvent, Stack } from '@trunkline/contracts'
import type { CallReport } from '../../scripts/call/place-call.ts'
import { findHeard } from './heard-audio.ts'
import { countHeardWords, toWords } from './heard-words.ts'
import { fetchSentence } from './spoken-sentence.ts'

/** One reply: what the agent says was heard of it, beside what is in the recording. */
export interface HeardTurn {
  readonly turnId: string
  readonly isInterrupted: boolean
  readonly toldWords: number
  readonly recordedWords: number
}

/** A word of difference: one that was cut in its middle counts for one side and not for the other. */
export function isRight({ toldWords, recordedWords }: HeardTurn): boolean {
  return Math.abs(toldWords - recordedWords) <= 1
}

/** A sentence is on the wire between its `say-started` and so much later. */
const longestWayMs = 2000

/** Compares every reply that was heard, in whole or in part, with the recording of its call. */
export async function checkHeard(
  stack: Stack,
  { events, audio }: Pick<CallReport, 'events' | 'audio'>,
): Promise<readonly HeardTurn[]> {
  const toSample = (at: number) => Math.max(0, Math.round((at - audio.startAt) * 8))
  const heard = only(events, 'heard').filter(({ text }) => text !== '')
  const turns: HeardTurn[] = []
  for (const { turnId, text, interrupted } of heard) {
    const says = only(events, 'say').filter((say) => say.turnId === turnId)
    if (says.length === 0) continue // the greeting and what else is no reply
    const recording = audio.agent.subarray(0, toSample(nextReplyAt(events, turnId)))
    let recordedWords = 0
    for (const say of says) {
      const started = only(events, 'say-started').find(
        (event) => event.turnId === turnId && event.index === say.index,
      )
      if (!started) continue
      const pcm = await fetchSentence(stack, say)
      const from = toSample(started.at)
      const { heardMs } = findHeard(recording, pcm, { from, within: longestWayMs * 8 })
      recordedWords += countHeardWords({ text: say.text, pcm, heardMs })
    }
    const toldWords = toWords(text).length
    turns.push({ turnId, isInterrupted: interrupted, toldWords, recordedWords })
  }
  return turns
}

/** From then on the wire holds another reply, which may have the same words in the same voice. */
export function nextReplyAt(events: readonly CallEvent[], turnId: string): number {
  const started = only(events, 'say-started')
  const own = started.findLastIndex((event) => event.turnId === turnId)
  return started[own + 1]?.at ?? Number.POSITIVE_INFINITY
}

function only<T extends CallEvent['type']>(events: readonly CallEvent[], type: T) {
  return events.filter((event): event is Extract<CallEvent, { type: T }> => event.type === type)
}
