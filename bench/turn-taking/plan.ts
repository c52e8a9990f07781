import type { Expectation } from '../../agent/src/turn-taking/expectation.ts'
import { createRandom, type Random } from './random.ts'
import { type CorpusSet, type Language, languages, ownVoices, textsOf, voices } from './voices.ts'

export type Topic = 'thinking' | 'digits' | 'spelling' | 'date' | 'whole' | 'answer'
export type Noise =
  | 'cough'
  | 'breath'
  | 'knock'
  | 'white'
  | 'pink'
  | 'hum'
  | 'babble'
  | 'typing'
  | 'music'

/** Words between two pauses. */
export interface Part {
  readonly text: string
  /** Silence after it; of the last part, the end of the turn. */
  readonly pauseMs: number
}

interface Common {
  readonly id: string
  readonly language: Language
  readonly voice: string
  readonly levelDb: number
  /** Of the line itself. */
  readonly noiseDb: number
}

/** A caller's turn while we are silent. */
export interface TurnSpec extends Common {
  readonly kind: 'turn'
  readonly topic: Topic
  readonly expect: Expectation
  readonly parts: readonly Part[]
}

/** A sound of the caller's while we speak. */
export interface OverSpec extends Common {
  readonly kind: 'over'
  readonly ownVoice: string
  readonly ownText: string
  readonly sound:
    | { readonly type: 'backchannel' | 'stop' | 'interruption'; readonly text: string }
    | { readonly type: 'noise'; readonly noise: Noise; readonly ms: number }
    | { readonly type: 'echo' }
  readonly atMs: number
  /** Our own voice as it comes back, if it does. */
  readonly echo?: { readonly delayMs: number; readonly gainDb: number }
}

export type CaseSpec = TurnSpec | OverSpec

/** How many of each a set has, in five languages. */
interface Sizes {
  readonly pauses: number
  readonly notMeant: number
  readonly meant: number
}

export const sizes: Readonly<Record<CorpusSet, Sizes>> = {
  tuning: { pauses: 600, notMeant: 300, meant: 300 },
  measuring: { pauses: 2000, notMeant: 1000, meant: 1000 },
}

/** Shares of the pauses by what the caller is saying. */
const topics = [
  ['thinking', 0.45],
  ['digits', 0.22],
  ['spelling', 0.17],
  ['date', 0.16],
] as const
/** Median and deviation of the logarithm of pauses inside a turn, cut at the ends; ours, as no count of such calls is public. */
const pause = { medianMs: 600, deviation: 0.5, leastMs: 250, mostMs: 2500 }
/** Share of spellings and numbers in English that the human speaker says. */
const humanShare = 0.3
const fillerShare = 0.15
/** The dialogue does not always know what is coming. */
const unexpectedShare = 0.15

export function planCorpus(set: CorpusSet): CaseSpec[] {
  return languages.flatMap((language) => [
    ...planTurns(set, language),
    ...planOver(set, language, 'not-meant'),
    ...planOver(set, language, 'meant'),
  ])
}

function planTurns(set: CorpusSet, language: Language): TurnSpec[] {
  const random = createRandom(`turns ${set} ${language}`)
  const wanted = sizes[set].pauses / languages.length
  const specs: TurnSpec[] = []
  const add = (topic: Topic, parts: readonly Part[]) => {
    specs.push({
      ...common(random, { set, language, id: `${set}-${language}-${topic}-${specs.length}` }),
      kind: 'turn',
      topic,
      voice: speakerOf(random, { set, language, topic }),
      expect: random.chance(unexpectedShare) ? 'free' : expectationOf(topic),
      parts,
    })
  }
  for (const [topic, share] of topics) {
    for (let pauses = 0; pauses < Math.round(wanted * share); ) {
      const parts = partsOf(random, { set, language, topic })
      add(topic, parts)
      pauses += parts.length - 1
      // Turns without a pause, so that the delays are those of a call.
      if (random.chance(0.2)) continue
      if (random.chance(0.35))
        add('answer', [{ text: pick(random, set, textsOf[language].answers), pauseMs: 0 }])
      else add('whole', [{ text: pick(random, set, textsOf[language].whole), pauseMs: 0 }])
    }
  }
  return specs
}

function partsOf(
  random: Random,
  {
    set,
    language,
    topic,
  }: { set: CorpusSet; language: Language; topic: (typeof topics)[number][0] },
): readonly Part[] {
  const texts = textsOf[language]
  switch (topic) {
    case 'thinking':
    case 'date': {
      const said = pick(random, set, topic === 'date' ? texts.dates : texts.thinking).split(' | ')
      return said.map((text, index) => {
        const isLast = index === said.length - 1
        const thinks = topic === 'thinking' && !isLast && random.chance(fillerShare)
        return {
          text: thinks ? `${text} ${pick(random, set, texts.fillers)}` : text,
          pauseMs: isLast ? 0 : drawPause(random),
        }
      })
    }
    case 'digits': {
      const groups = random.pick([
        [3, 3, 4],
        [4, 4],
        [2, 2, 2],
        [4, 4, 4, 4],
        [5, 6],
        [1, 1, 1, 1],
      ])
      const words = groups.map((length) =>
        Array.from({ length }, () => random.pick(toList(texts.digits))).join(' '),
      )
      return toParts(random, words)
    }
    case 'spelling': {
      const name = pick(random, set, texts.names)
      const letters = [...name.toUpperCase()]
      const groups: string[] = random.chance(0.3) ? [name] : []
      while (letters.length > 0) groups.push(letters.splice(0, random.pick([1, 2, 2, 3])).join(' '))
      return toParts(random, groups)
    }
    default:
      topic satisfies never
      return []
  }
}

function toParts(random: Random, texts: readonly string[]): readonly Part[] {
  return texts.map((text, index) => ({
    text,
    pauseMs: index === texts.length - 1 ? 0 : drawPause(random),
  }))
}

function planOver(set: CorpusSet, language: Language, kind: 'meant' | 'not-meant'): OverSpec[] {
  const random = createRandom(`over ${kind} ${set} ${language}`)
  const count = (kind === 'meant' ? sizes[set].meant : sizes[set].notMeant) / languages.length
  const texts = textsOf[language]
  return Array.from({ length: count }, (_, index): OverSpec => {
    const sound =
      kind === 'meant' ? drawMeant(random, set, texts) : drawNotMeant(random, set, texts)
    const hasEcho = sound.type === 'echo' || random.chance(0.25)
    return {
      ...common(random, { set, language, id: `${set}-${language}-${kind}-${index}` }),
      kind: 'over',
      voice: random.pick(voices[set][language]),
      ownVoice: random.pick(ownVoices[set][language]),
      ownText: pick(random, set, texts.own),
      sound,
      atMs: Math.round(random.between(800, 2600)),
      ...(hasEcho && {
        echo: {
          delayMs: Math.round(random.between(60, 300)),
          gainDb: sound.type === 'echo' ? Math.round(random.between(-30, -10)) : -30,
        },
      }),
    }
  })
}

const noises = [
  'cough',
  'breath',
  'knock',
  'white',
  'pink',
  'hum',
  'babble',
  'typing',
  'music',
] as const

function drawNotMeant(
  random: Random,
  set: CorpusSet,
  texts: (typeof textsOf)[Language],
): OverSpec['sound'] {
  const kind = random.next()
  if (kind < 0.45) return { type: 'backchannel', text: pick(random, set, texts.backchannels) }
  if (kind < 0.65) return { type: 'echo' }
  const noise = random.pick(noises)
  const isShort = noise === 'cough' || noise === 'breath' || noise === 'knock'
  const ms = isShort ? random.between(150, 600) : random.between(800, 3000)
  return { type: 'noise', noise, ms: Math.round(ms) }
}

function drawMeant(
  random: Random,
  set: CorpusSet,
  texts: (typeof textsOf)[Language],
): OverSpec['sound'] {
  return random.chance(0.5)
    ? { type: 'stop', text: pick(random, set, texts.stops) }
    : { type: 'interruption', text: pick(random, set, texts.interruptions) }
}

function common(
  random: Random,
  { set, language, id }: { set: CorpusSet; language: Language; id: string },
): Common {
  return {
    id,
    language,
    voice: random.pick(voices[set][language]),
    levelDb: Math.round(random.between(-30, -17)),
    noiseDb: Math.round(random.between(-68, -48)),
  }
}

function speakerOf(
  random: Random,
  { set, language, topic }: { set: CorpusSet; language: Language; topic: Topic },
): string {
  const canBeHuman =
    set === 'measuring' && language === 'en' && (topic === 'digits' || topic === 'spelling')
  if (canBeHuman && random.chance(humanShare)) return 'asterisk'
  return random.pick(voices[set][language])
}

function expectationOf(topic: Topic): Expectation {
  if (topic === 'answer') return 'yes-no'
  return topic === 'thinking' || topic === 'whole' ? 'free' : topic
}

function drawPause(random: Random): number {
  const { medianMs, deviation, leastMs, mostMs } = pause
  const drawn = medianMs * Math.exp(deviation * random.normal())
  return Math.round(Math.min(mostMs, Math.max(leastMs, drawn)))
}

/** Of the entries that belong to the set. */
function pick(random: Random, set: CorpusSet, entries: readonly string[]): string {
  const own = entries.filter((_entry, index) => (index % 2 === 0) === (set === 'tuning'))
  return random.pick(toList(own))
}

function toList(entries: readonly string[]): readonly [string, ...string[]] {
  const [first = '', ...rest] = entries
  return [first, ...rest]
}
