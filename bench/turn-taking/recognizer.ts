import type { Perception } from '../../agent/src/turn-taking/perception.ts'
import { createRandom } from './random.ts'
import type { SpokenWord } from './speak.ts'
import { type Language, textsOf } from './voices.ts'

type Interim = Extract<Perception, { type: 'interim' }>
type Final = Extract<Perception, { type: 'final' }>

/**
 * A recogniser that is played: it knows the words and their times, and tells them as late as a real one would. What it
 * gets wrong is wrong in its interims and in its finals alike.
 */
export interface Recognizer {
  /** When it next has something to say by itself. */
  readonly nextAt: number
  hear(at: number): Interim | Final | undefined
  /** Asked for the final of what was said so far. */
  flush(at: number): void
}

export interface RecognizerOptions {
  readonly words: readonly SpokenWord[]
  /** Seeds the phase of its interims, and its errors. */
  readonly seed: string
  readonly language: Language
  /** Share of words that are replaced, left out or added to. */
  readonly wordErrorRate: number
}

/** Declared times. */
export const recognizerTimes = {
  interimEveryMs: 200,
  /** From a sound to the interim that holds its word. */
  lagMs: 120,
  finalMs: 220,
  /** Silence after which it ends an utterance by itself. */
  ownEndMs: 800,
} as const

const errorKinds = { replaced: 0.6, leftOut: 0.25 }
const confidence = 0.9
const [freshStability, repeatedStability] = [0.5, 0.9]

export function createRecognizer(options: RecognizerOptions): Recognizer {
  const { interimEveryMs, lagMs, finalMs, ownEndMs } = recognizerTimes
  const words = withErrors(options)
  const random = createRandom(`phase ${options.seed}`)
  let interimAt = random.between(0, interimEveryMs)
  /** Index of the first word that is in no final. */
  let open = 0
  let told = ''
  let due: { at: number; coveredUntil: number } | undefined

  const until = (ms: number) => {
    let index = open
    while (index < words.length && (words[index]?.endMs ?? 0) <= ms) index += 1
    return index
  }
  const textTo = (index: number) =>
    words
      .slice(open, index)
      .map(({ text }) => text)
      .filter((text) => text !== '')
      .join(' ')

  return {
    get nextAt() {
      return Math.min(interimAt, due?.at ?? Number.POSITIVE_INFINITY)
    },
    hear(at) {
      if (due && due.at <= at) {
        const to = until(due.coveredUntil)
        const text = textTo(to)
        open = to
        told = ''
        due = undefined
        return text === '' ? undefined : { type: 'final', at, text, confidence }
      }
      interimAt += interimEveryMs
      const heardUntil = at - lagMs
      const to = until(heardUntil)
      const text = textTo(to)
      if (text === '') return undefined
      const lastEndMs = words[to - 1]?.endMs ?? 0
      if (heardUntil - lastEndMs >= ownEndMs) due ??= { at: at + finalMs, coveredUntil: heardUntil }
      const stability = text === told ? repeatedStability : freshStability
      told = text
      return { type: 'interim', at, text, stability, heardUntil }
    },
    flush(at) {
      due ??= { at: at + finalMs, coveredUntil: at }
    },
  }
}

/** A word that is left out stays as an empty one, so that times are kept. */
function withErrors({ words, seed, language, wordErrorRate }: RecognizerOptions): SpokenWord[] {
  const random = createRandom(`errors ${seed}`)
  const others = textsOf[language].whole.flatMap((text) => text.split(' '))
  return words.map((word) => {
    if (!random.chance(wordErrorRate)) return word
    const kind = random.next()
    const other = others[Math.floor(random.next() * others.length)] ?? ''
    if (kind < errorKinds.replaced) return { ...word, text: other }
    if (kind < errorKinds.replaced + errorKinds.leftOut) return { ...word, text: '' }
    return { ...word, text: `${word.text} ${other}` }
  })
}
