import type {
  AnswerVerdict,
  Beep,
  HeardWords,
  VoiceSpan,
} from '../../src/answering-machine/answer.ts'
import { judgeAnswer } from '../../src/answering-machine/judge-answer.ts'

/** What one greeting lets a call hear; milliseconds since the answer. */
export interface Greeting {
  readonly id: string
  readonly kind: 'human' | 'machine' | 'ivr'
  readonly language: string
  readonly half: 'tune' | 'measure'
  /** Each utterance: its voice, and its words with the time each one ends. */
  readonly utterances: readonly {
    readonly startMs: number
    readonly endMs: number
    readonly words: readonly (readonly [text: string, endMs: number])[]
  }[]
  readonly beeps: readonly Beep[]
}

/** How far behind the audio things are known: as this project's parts measure on two cores. */
const lag = { voiceStartMs: 100, voiceEndMs: 250, wordsMs: 220 } as const
const stepMs = 20

/** What a recogniser makes of a word it gets wrong. */
const wrongWord = 'uh'

/** Plays a greeting to the judge as a call would, and returns its verdict. */
export function replayAnswer(
  greeting: Greeting,
  { wrongEvery = Number.POSITIVE_INFINITY }: { wrongEvery?: number } = {},
): AnswerVerdict {
  const { language, beeps } = greeting
  const words = toWords(greeting, wrongEvery)
  for (let nowMs = 0; ; nowMs += stepMs) {
    const voice = greeting.utterances.flatMap(({ startMs, endMs }): VoiceSpan[] => {
      if (nowMs < startMs + lag.voiceStartMs) return []
      return nowMs < endMs + lag.voiceEndMs ? [{ startMs }] : [{ startMs, endMs }]
    })
    const heard = {
      voice,
      words: words.filter(({ atMs }) => atMs <= nowMs),
      beeps: beeps.filter(({ endMs }) => endMs + stepMs <= nowMs),
    }
    const verdict = judgeAnswer(heard, { nowMs, language })
    if (verdict) return verdict
  }
}

/** An interim after each word, a final after each utterance. */
function toWords({ utterances }: Greeting, wrongEvery: number): HeardWords[] {
  let count = 0
  return utterances.flatMap(({ endMs, words }) => {
    const heard = words.map(([text]) => {
      count += 1
      return count % wrongEvery === 0 ? wrongWord : text
    })
    const interims = words.map(([, wordEndMs], index) => ({
      atMs: wordEndMs + lag.wordsMs,
      text: heard.slice(0, index + 1).join(' '),
      isFinal: false,
    }))
    if (words.length === 0) return []
    const finalAt = endMs + lag.voiceEndMs + lag.wordsMs
    return [...interims, { atMs: finalAt, text: heard.join(' '), isFinal: true }]
  })
}
