import { createBeepFinder } from '../../agent/src/answering-machine/find-beeps.ts'
import type { Greeting } from '../../agent/test/answering-machine/replay-answer.ts'
import { findSpeech } from '../../packages/telephony/src/index.ts'
import type { Sample } from './corpus.ts'

const frameMs = 10
const frameSamples = 80
/** The frame that holds a last voiced sample still belongs to the utterance. */
const joinMs = 250

/**
 * What a call hears of a greeting: utterances by their level, beeps by the finder that calls use, and words timed by
 * their length within the voiced time, since the texts are known and no recogniser for five languages is at hand.
 */
export function listen(sample: Sample, pcm: Int16Array): Greeting {
  const { id, kind, language, half, text } = sample
  const beeps = createBeepFinder({ sampleRateHz: 8000 }).push(pcm)
  const frames = Array.from({ length: Math.floor(pcm.length / frameSamples) }, (_, index) => ({
    pcm: pcm.subarray(index * frameSamples, (index + 1) * frameSamples),
    at: index * frameMs,
  }))
  const voice = findSpeech(frames, { joinMs })
    .map(({ startAt, endAt }) => ({ startMs: startAt, endMs: endAt + frameMs }))
    // The tone itself is no voice to a VAD.
    .filter(
      ({ startMs, endMs }) =>
        !beeps.some((beep) => beep.startMs - 60 < startMs && beep.endMs + 60 > endMs),
    )
  return { id, kind, language, half, utterances: timeWords(text, voice), beeps: beeps.map(round) }
}

function timeWords(text: string, voice: readonly { startMs: number; endMs: number }[]) {
  const words = text.split(/\s+/)
  const letters = words.reduce((sum, word) => sum + word.length, 0)
  const voicedMs = voice.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0)
  const utterances = voice.map((span) => ({ ...span, words: [] as [string, number][] }))
  let spoken = 0
  for (const word of words) {
    spoken += word.length
    let leftMs = (spoken / letters) * voicedMs
    const place = utterances.find(({ startMs, endMs }, index) => {
      if (leftMs <= endMs - startMs || index === utterances.length - 1) return true
      leftMs -= endMs - startMs
      return false
    })
    place?.words.push([word, Math.round(place.startMs + leftMs)])
  }
  return utterances
}

const round = ({ startMs, endMs, hertz }: { startMs: number; endMs: number; hertz: number }) => ({
  startMs: Math.round(startMs),
  endMs: Math.round(endMs),
  hertz,
})
