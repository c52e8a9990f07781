import { setTimeout as sleep } from 'node:timers/promises'
import type { CallEvent, Stack } from '@trunkline/contracts'
import { epochNow } from '@trunkline/runtime'
import { concatPcm } from '@trunkline/telephony'
import { type CallReport, placeCall } from '../../scripts/call/place-call.ts'
import { findHeard } from '../call/heard-audio.ts'
import { nextReplyAt } from '../call/heard-turns.ts'
import { countHeardWords, toWords } from '../call/heard-words.ts'
import { fetchSentence } from '../call/spoken-sentence.ts'
import { createTalk } from '../call/talk.ts'
import { keepRecording } from '../plot/recorded-call.ts'
import { makeCaseAudio } from './case-audio.ts'
import { judgeOver, longestGapMs } from './judge-over.ts'
import type { CaseOutcome } from './outcome.ts'
import type { WireCase } from './wire-cases.ts'

type OverCase = Extract<WireCase, { kind: 'backchannel' | 'interruption' }>

interface Made {
  readonly wireCase: OverCase
  /** The question before it was over. */
  readonly askedAt: number
  readonly sound: { readonly fromAt: number; readonly toAt: number }
}

/** Samples of a millisecond at 8 kHz. */
const perMs = 8
const longestWayMs = 2000

/** One call: before each sound a question with a long answer, of which the sound meets the first seconds. */
export async function callOver(
  stack: Stack,
  cases: readonly OverCase[],
  { question, isKept, signal }: { question: Int16Array; isKept: boolean; signal: AbortSignal },
): Promise<readonly CaseOutcome[]> {
  const sounds = await Promise.all(cases.map(makeCaseAudio))
  const talk = createTalk({ signal })
  const made: Made[] = []
  const report = await placeCall(stack, {
    signal,
    onEvent: (event) => talk.heard(event),
    async converse(line) {
      for (const [index, wireCase] of cases.entries()) {
        const audio = sounds[index]
        if (!audio || !(await talk.untilQuiet(line))) return
        const { endedAt } = await line.play(question, { signal })
        const beginsAt = await talk.untilVoice(line, endedAt)
        if (beginsAt === undefined) return
        const [sound] = audio.sounds
        const playAt = beginsAt + wireCase.spec.atMs - (sound?.fromMs ?? 0)
        await sleep(Math.max(0, playAt - epochNow()), undefined, { signal })
        const { startedAt } = await line.play(audio.pcm, { signal })
        const toAt = (ms = 0) => startedAt + ms
        made.push({
          ...{ wireCase, askedAt: endedAt },
          sound: { fromAt: toAt(sound?.fromMs), toAt: toAt(sound?.toMs) },
        })
      }
      await talk.untilQuiet(line)
    },
  })
  const { callId } = report
  if (isKept && callId !== undefined) await keepRecording(callId, report)
  const outcomes: CaseOutcome[] = []
  for (const wireCase of cases) {
    const { id } = wireCase.spec
    const known = made.find((one) => one.wireCase === wireCase)
    const over = known && (await judge(stack, report, known))
    const failure = report.failure?.code ?? 'the agent was not speaking'
    const named = { id, kind: wireCase.kind, ...(callId !== undefined && { callId }) }
    outcomes.push({ ...named, ...(over ? { over } : { failure }) })
  }
  return outcomes
}

async function judge(stack: Stack, report: CallReport, { wireCase, askedAt, sound }: Made) {
  const { events, audio } = report
  const started = eventsOf(events, 'say-started')
  const turnId = started.findLast(({ at }) => at > askedAt && at < sound.fromAt)?.turnId
  if (turnId === undefined) return undefined
  const until = nextReplyAt(events, turnId)
  const toSample = (at: number) => Math.max(0, Math.round((at - audio.startAt) * perMs))
  const recording = audio.agent.subarray(0, toSample(until))
  const says = eventsOf(events, 'say').filter((say) => say.turnId === turnId)
  const words = { said: 0, recorded: 0 }
  const spoken: Int16Array[] = []
  for (const say of says) {
    words.said += toWords(say.text).length
    const pcm = await fetchSentence(stack, say)
    spoken.push(pcm)
    const begun = started.find((event) => event.turnId === turnId && event.index === say.index)
    if (!begun) continue
    const at = { from: toSample(begun.at), within: longestWayMs * perMs }
    const { heardMs } = findHeard(recording, pcm, at)
    words.recorded += countHeardWords({ text: say.text, pcm, heardMs })
  }
  const ownGapMs = longestGapMs(concatPcm(spoken))
  const outcome = judgeOver({ received: audio.received, sound, words, ownGapMs, until })
  const spec = wireCase.spec.sound
  const isUnderstood = 'text' in spec && isSame(spec.text, textsIn(events, sound))
  return outcome && { ...outcome, isUnderstood }
}

/** Finals come so long after the sound, at most. */
const latestFinalMs = 2000

function textsIn(events: readonly CallEvent[], { fromAt, toAt }: Made['sound']): string {
  return eventsOf(events, 'transcript-final')
    .filter(({ at }) => at >= fromAt && at <= toAt + latestFinalMs)
    .map(({ text }) => text)
    .join(' ')
}

function isSame(a: string, b: string): boolean {
  const [first, second] = [a, b].map((text) => text.toLowerCase().replaceAll(/[^a-z]/g, ''))
  return first === second
}

function eventsOf<T extends CallEvent['type']>(events: readonly CallEvent[], type: T) {
  return events.filter((event): event is Extract<CallEvent, { type: T }> => event.type === type)
}
