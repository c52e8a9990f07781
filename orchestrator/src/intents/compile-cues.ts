import type { Intent, LanguageCues } from './intent.ts'
import { normalizeSpeech } from './normalize-speech.ts'

export interface CompiledCues {
  readonly apostrophe: LanguageCues['apostrophe']
  /** Everything that may stand in a closing sentence. */
  readonly closing: RegExp
  /** A closing or a goodbye. */
  readonly ended: RegExp
  readonly endsWithFarewell: RegExp
  /** Everything that may stand in a greeting. */
  readonly greeting: RegExp
  /** The same, and the caller's name. */
  readonly introduction: RegExp
  readonly startsWithGreeting: RegExp
  readonly rules: readonly { readonly intent: Intent; readonly cue: RegExp }[]
}

/** Longer cues first, so that "thank you very much" is not left with "very much". */
export function compileCues(cues: LanguageCues): CompiledCues {
  const { apostrophe, fillers, thanks, closings, farewells, greetings, introductions } = cues
  const anyOf = (phrases: readonly string[]) =>
    [...phrases]
      .sort((left, right) => right.length - left.length)
      .map((phrase) => toPattern(phrase, apostrophe))
      .join('|')
  const filler = anyOf([...fillers, ...thanks])
  const hello = anyOf([...greetings, ...fillers, ...thanks])
  const name = `(?:${anyOf(introductions)})(?: \\S+){0,3}`
  return {
    apostrophe,
    closing: new RegExp(
      ` (?:${anyOf([...closings, ...farewells, ...fillers, ...thanks])})(?= )`,
      'g',
    ),
    ended: new RegExp(` (?:${anyOf([...closings, ...farewells])})(?= )`),
    endsWithFarewell: new RegExp(` (?:${anyOf(farewells)})(?: (?:${filler}))* $`),
    greeting: new RegExp(` (?:${hello})(?= )`, 'g'),
    introduction: new RegExp(` (?:${hello}|${name})(?= )`, 'g'),
    startsWithGreeting: new RegExp(`^(?: (?:${filler}))* (?:${anyOf(greetings)}) `),
    rules: cues.rules.map(([intent, phrases]) => ({
      intent,
      cue: new RegExp(` (?:${anyOf(phrases)}) `),
    })),
  }
}

/** One cue as a pattern over normalised text. Gaps are bounded, so a match takes linear time. */
function toPattern(phrase: string, apostrophe: LanguageCues['apostrophe']): string {
  return phrase
    .split(' ')
    .map((part, index) => {
      const space = index === 0 ? '' : ' '
      if (part.startsWith('^')) return `(?<=^ )${normalizeSpeech(part, apostrophe).trim()}`
      if (part === '_') return '(?: \\S+){0,4}'
      const word = normalizeSpeech(part, apostrophe).trim()
      return space + word + (part.endsWith('*') ? '\\S*' : '')
    })
    .join('')
}
