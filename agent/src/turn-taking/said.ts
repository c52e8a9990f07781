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
  readonly heardUntil: number | undefined
}

/** What the caller has said since the last turn. */
export interface Said {
  readonly finals: readonly Final[]
  /** The recogniser's guess since its last final, without what a turn has taken already. */
  readonly interim: Interim | undefined
  /** Words of the recogniser's open segment that have been taken: its next final begins with them. */
  readonly spent: readonly string[]
}

export const nothingSaid: Said = { finals: [], interim: undefined, spent: [] }

/** Riva's mark of an interim that it will not change. */
const settledStability = 0.99
/** The VAD's end may lie before the last sound of a word. */
const heardSilenceMs = 40
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
  const rest = withoutSpent(text, said.spent)
  if (rest === '') return { ...said, interim: undefined }
  const isRepeated = said.interim !== undefined && isSameText(said.interim.text, rest)
  return { ...said, interim: { text: rest, stability, isRepeated, heardUntil } }
}

export function hearFinal(
  said: Said,
  { text, confidence }: { text: string; confidence: number },
): Said {
  const rest = withoutSpent(text, said.spent)
  const finals = rest === '' ? said.finals : [...said.finals, { text: rest, confidence }]
  return { finals, interim: undefined, spent: [] }
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
export function isSettled({ interim }: Said, endedAt: number): boolean {
  if (!interim) return true
  const { stability, isRepeated, heardUntil } = interim
  if (stability >= settledStability) return true
  if (heardUntil !== undefined) return heardUntil >= endedAt + heardSilenceMs
  return isRepeated && stability >= repeatedStability
}

/** A turn takes all of it; the words come once more in the final of the open segment. */
export function take(said: Said): Said {
  const taken = said.interim ? fold(said.interim.text) : []
  return { finals: [], interim: undefined, spent: [...said.spent, ...taken] }
}

/** The same words, whatever their case, accents and punctuation. */
export function isSameText(a: string, b: string): boolean {
  const [first, second] = [fold(a), fold(b)]
  return first.length === second.length && first.every((word, index) => word === second[index])
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
