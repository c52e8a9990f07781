import { fold } from './words/fold.ts'

interface Final {
  readonly text: string
  readonly confidence: number
}

interface Interim {
  readonly text: string
  readonly stability: number
  /** The recogniser has said the same twice. */
  readonly isRepeated: boolean
  /** It has begun with the same words twice, all but the last: a first guess at a short word is often another one. */
  readonly isConfirmed: boolean
}

/** What the caller has said since the last turn. */
export interface Said {
  readonly finals: readonly Final[]
  /** The recogniser's guess since its last final, without what a turn has taken already. */
  readonly interim: Interim | undefined
  /** The recogniser has heard the audio up to this moment; undefined where its last word does not say. */
  readonly heardUntil: number | undefined
  /** Words of the recogniser's open segment that have been taken: its next final begins with them. */
  readonly spent: readonly string[]
  /** Words behind them that were a backchannel. With more or others in their place they come back: "good", "goodbye". */
  readonly aside: readonly string[]
}

interface Span {
  readonly from: number
  readonly until: number
}

export const nothingSaid: Said = {
  finals: [],
  interim: undefined,
  heardUntil: undefined,
  spent: [],
  aside: [],
}

/** Riva's mark of an interim that it will not change. */
const settledStability = 0.99
/** The VAD's end may lie before the last sound of a word. */
const heardSilenceMs = 40
/** The VAD's end lies behind the last word by the sound that fades, and by its own hysteresis. */
const lastSoundMs = 150
/** No first guess at a backchannel has so many. */
const clearlyMeantWords = 3
/** Enough when the recogniser has said it twice. */
const repeatedStability = 0.7

export function hearInterim(
  said: Said,
  {
    text,
    stability,
    heardUntil,
  }: { text: string; stability: number; heardUntil?: number | undefined },
): Said {
  const rest = withoutTaken(text, said)
  if (rest === '') return { ...said, interim: undefined, heardUntil }
  const [before, now] = [fold(said.interim?.text ?? ''), fold(rest)]
  const agreed = before.findIndex((word, at) => word !== now[at])
  const same = agreed < 0 ? before.length : agreed
  const isRepeated = said.interim !== undefined && isSameText(said.interim.text, rest)
  const isConfirmed = same > 0 && same >= before.length - 1
  return { ...said, interim: { text: rest, stability, isRepeated, isConfirmed }, heardUntil }
}

/** The words stand, or are so many that they mean something whatever becomes of some. */
export function isSure({ finals, interim }: Said, words: number): boolean {
  if (finals.length > 0 || !interim) return true
  return interim.isConfirmed || interim.stability >= settledStability || words >= clearlyMeantWords
}

export function hearFinal(
  said: Said,
  {
    text,
    confidence,
    heardUntil,
  }: { text: string; confidence: number; heardUntil?: number | undefined },
): Said {
  const rest = withoutTaken(text, said)
  const finals = rest === '' ? said.finals : [...said.finals, { text: rest, confidence }]
  return { finals, interim: undefined, heardUntil, spent: [], aside: [] }
}

/** Finals and interim, in order. */
export function textOf({ finals, interim }: Said): string {
  return [...finals.map(({ text }) => text), ...(interim ? [interim.text] : [])].join(' ')
}

/** By words; an interim's stability stands for its confidence. */
export function confidenceOf({ finals, interim }: Said): number {
  const parts = [
    ...finals,
    ...(interim ? [{ text: interim.text, confidence: interim.stability }] : []),
  ].map(({ text, confidence }) => ({ words: Math.max(1, fold(text).length), confidence }))
  const words = parts.reduce((sum, part) => sum + part.words, 0)
  const weighed = parts.reduce((sum, part) => sum + part.words * part.confidence, 0)
  return words === 0 ? 0 : weighed / words
}

/** The recogniser has heard all of the speech that ended at `endedAt`, and will hardly change its words. */
export function isSettled({ interim, heardUntil }: Said, endedAt: number): boolean {
  if (heardUntil !== undefined && heardUntil < endedAt - lastSoundMs) return false
  if (!interim) return true
  const { stability, isRepeated } = interim
  if (stability >= settledStability) return true
  if (heardUntil !== undefined) return heardUntil >= endedAt + heardSilenceMs
  return isRepeated && stability >= repeatedStability
}

/** Speech of `from` to `until` that the recogniser has not come to yet, as far as it says. */
export function unheardMs({ heardUntil }: Said, { from, until }: Span): number {
  return heardUntil === undefined ? 0 : Math.max(0, until - Math.max(heardUntil, from))
}

/** A turn takes all of it; the words come once more in the final of the open segment. */
export function take(said: Said): Said {
  const spent = [...said.spent, ...openWords(said)]
  return { ...nothingSaid, heardUntil: said.heardUntil, spent }
}

/** All of it was a backchannel, as far as the recogniser knows. */
export function setAside(said: Said): Said {
  const { heardUntil, spent } = said
  return { ...nothingSaid, heardUntil, spent, aside: openWords(said) }
}

/** What of the open segment is not taken: an interim has what was set aside in it. */
function openWords({ interim, aside }: Said): readonly string[] {
  return interim ? fold(interim.text) : aside
}

/** The same words, whatever their case, accents and punctuation. */
export function isSameText(a: string, b: string): boolean {
  const [first, second] = [fold(a), fold(b)]
  return first.length === second.length && first.every((word, index) => word === second[index])
}

function withoutTaken(text: string, { spent, aside }: Pick<Said, 'spent' | 'aside'>): string {
  const rest = withoutSpent(text, spent)
  return isSameText(rest, aside.join(' ')) ? '' : rest
}

/**
 * The words after those that a turn has taken. A recogniser may have corrected some of them; when hardly any is the
 * same, its segment is another one (it was reconnected), and nothing is taken away.
 */
function withoutSpent(text: string, spent: readonly string[]): string {
  if (spent.length === 0) return text.trim()
  const words = text.trim().split(/\s+/)
  const folded = words.flatMap((word, index) => fold(word).map((part) => ({ part, index })))
  const same = spent.filter((word, at) =>
    folded.slice(Math.max(0, at - 1), at + 2).some(({ part }) => part === word),
  ).length
  // A shorter text is the taken one, corrected.
  if (same * 2 < spent.length && folded.length > spent.length) return text.trim()
  const next = folded[spent.length]
  return next === undefined ? '' : words.slice(next.index).join(' ')
}
