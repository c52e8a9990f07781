import { type LineLanguage, lineLanguage } from '@trunkline/contracts'
import { cuesByLanguage } from '../intents/cues-by-language.ts'
import { normalizeSpeech } from '../intents/normalize-speech.ts'
import { toChoice } from '../intents/phrase-pattern.ts'
import { type Claim, claims } from './claim.ts'
import type { ClaimWords } from './words/claim-words.ts'
import { english } from './words/english.ts'
import { french } from './words/french.ts'
import { german } from './words/german.ts'
import { hindi } from './words/hindi.ts'
import { italian } from './words/italian.ts'
import { spanish } from './words/spanish.ts'

/**
 * Tells what a sentence of ours says to have been done. Held narrow, since a false alarm would replace a true sentence:
 * what is asked, denied, offered, promised or depends on something is no claim.
 * @param language BCP 47; one without rules is read as English
 */
export type ReadClaims = (sentence: string, language: string) => readonly Claim[]

export function createClaimReader(): ReadClaims {
  /** By the first sentence in a language: its patterns take tens of milliseconds to be made. */
  const compiled = new Map<LineLanguage, CompiledClaims>()
  return (sentence, language) => {
    const parsed = lineLanguage.safeParse(language.split('-')[0]?.toLowerCase())
    const key = parsed.success ? parsed.data : 'en'
    const known = compiled.get(key) ?? compile(key, wordsByLanguage[key])
    compiled.set(key, known)
    return readClaims(sentence, known)
  }
}

const wordsByLanguage: Readonly<Record<LineLanguage, ClaimWords>> = {
  ...{ en: english, de: german, fr: french, es: spanish, it: italian, hi: hindi },
}

interface CompiledClaims extends Readonly<Record<'denied' | 'depends' | 'awaits', RegExp>> {
  readonly normalize: (text: string) => string
  readonly claims: readonly { readonly claim: Claim; readonly pattern: RegExp }[]
}

function compile(
  language: LineLanguage,
  { words, claims: phrases, denials, conditions, awaited }: ClaimWords,
): CompiledClaims {
  const normalize = (text: string) => normalizeSpeech(text, cuesByLanguage[language])
  const anyOf = (choice: readonly string[]) =>
    new RegExp(` (?:${toChoice(choice, { language, words, normalize })})(?= )`)
  return {
    normalize,
    denied: anyOf(denials),
    depends: anyOf(conditions),
    awaits: anyOf(awaited),
    claims: claims.map((claim) => ({ claim, pattern: anyOf(phrases[claim]) })),
  }
}

function readClaims(sentence: string, compiled: CompiledClaims): readonly Claim[] {
  const { normalize, denied, depends, awaits } = compiled
  const found: Claim[] = []
  let isOpen = false
  for (const clause of toClauses(sentence)) {
    const speech = normalize(clause)
    if (awaits.test(speech)) return []
    isOpen ||= depends.test(speech)
    if (isOpen || isQuestion(clause) || denied.test(speech)) continue
    for (const { claim, pattern } of compiled.claims) {
      if (pattern.test(speech)) found.push(claim)
    }
  }
  return found
}

/** Parted at marks with space behind them, so that "120,50" and "3. Dezember" stay whole. */
function toClauses(sentence: string): readonly string[] {
  return sentence.split(/(?<=[,;:!?।？…]["'”’»)]*)\s+|\s+[–—-]\s+|—/)
}

function isQuestion(clause: string): boolean {
  return /[?？]\s*["'”’»)]*$/.test(clause)
}
