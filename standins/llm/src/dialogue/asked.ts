import type { Language } from '../language.ts'
import { phrasesOf, type Question } from '../phrases/phrases.ts'

// What another model's question would look like, should it have spoken before this one.
const foreign: readonly (readonly [Question, RegExp])[] = [
  [
    'confirm',
    /\b(is (that|this|everything|all( of)? that) (right|correct|okay|ok)|shall i (confirm|make|go ahead))\b/i,
  ],
  [
    'offer',
    /\b(shall|should|would|can|may|do you want me to|like me to).{0,40}\b(book|reserve)\b/i,
  ],
  ['name', /\b(name)\b/i],
  ['number', /\b(reservation|booking|confirmation) number\b/i],
  ['nights', /\b(how many nights|how long)\b/i],
  ['dates', /\b(dates?|when|which days?|arrive|check-in)\b/i],
  ['room-type', /\b(which|what) (kind|type|room)\b/i],
  ['else', /\b(anything else|something else)\b/i],
  ['help', /\bhow (can|may) i help\b/i],
]

/**
 * The question a spoken text ends with. Only what was really said counts: a question the caller cut off is not in
 * the history, and a "yes" after it confirms nothing.
 */
export function findAsked(text: string, language: Language): Question | undefined {
  const said = toPlain(text)
  let best: { question: Question; at: number } | undefined
  for (const [question, wordings] of questionsOf(language)) {
    for (const wording of wordings) {
      const at = findWording(said, toPlain(wording))
      if (at >= (best?.at ?? 0)) best = { question, at }
    }
  }
  if (best) return best.question
  const last = /([^.!?]*)\?\s*$/.exec(text)?.[1]
  return last === undefined ? undefined : foreign.find(([, words]) => words.test(last))?.[0]
}

/** Captions differ in blanks and marks from what was written. */
function toPlain(text: string): string {
  return ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()} `
}

/** Where a question begins; a quick answer may cut its last words, so most of it at the end counts. */
function findWording(said: string, wording: string): number {
  const whole = said.lastIndexOf(wording)
  if (whole >= 0) return whole
  const words = wording.trim().split(' ')
  for (let count = words.length - 1; count >= Math.max(3, words.length * 0.6); count -= 1) {
    const part = ` ${words.slice(0, count).join(' ')} `
    if (said.endsWith(part)) return said.length - part.length
  }
  return -1
}

function questionsOf(language: Language): [Question, readonly string[]][] {
  const { questions } = phrasesOf[language]
  const kinds: readonly Question[] = [
    'help',
    'dates',
    'arrival',
    'nights',
    'room-type',
    'name',
    'number',
    'offer',
    'confirm',
    'alternative',
    'what-to-change',
    'else',
  ]
  return kinds.map((kind) => [kind, questions[kind]])
}
