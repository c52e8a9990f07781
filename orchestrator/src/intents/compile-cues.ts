import type { Intent, LanguageCues } from './intent.ts'
import { normalizeSpeech } from './normalize-speech.ts'
import { toChoice } from './phrase-pattern.ts'

export interface CompiledCues {
  readonly normalize: (text: string) => string
  /** Everything that may stand in a closing sentence. */
  readonly closing: RegExp
  /** A closing or a goodbye. */
  readonly ended: RegExp
  readonly endsWithFarewell: RegExp
  /** Keeps the call, whatever else is said. */
  readonly kept: RegExp
  /** Everything that may stand in a greeting. */
  readonly greeting: RegExp
  /** The same, and the caller's name. */
  readonly introduction: RegExp
  readonly startsWithGreeting: RegExp
  readonly rules: readonly { readonly intent: Intent; readonly cue: RegExp }[]
}

/** Longer cues first, so that "thank you very much" is not left with "very much". */
export function compileCues(cues: LanguageCues): CompiledCues {
  const { fillers, thanks, closings, farewells, greetings, introductions } = cues
  const normalize = (text: string) => normalizeSpeech(text, cues)
  const anyOf = (phrases: readonly string[]) => toChoice(phrases, { ...cues, normalize })
  const filler = anyOf([...fillers, ...thanks])
  const hello = anyOf([...greetings, ...fillers, ...thanks])
  const name = `(?:${anyOf(introductions)})(?: \\S+){0,3}`
  return {
    normalize,
    closing: new RegExp(
      ` (?:${anyOf([...closings, ...farewells, ...fillers, ...thanks])})(?= )`,
      'g',
    ),
    ended: new RegExp(` (?:${anyOf([...closings, ...farewells])})(?= )`),
    endsWithFarewell: new RegExp(` (?:${anyOf(farewells)})(?: (?:${filler}))* $`),
    kept: new RegExp(` (?:${anyOf(cues.keeping)}) `),
    greeting: new RegExp(` (?:${hello})(?= )`, 'g'),
    introduction: new RegExp(` (?:${name}|${hello})(?= )`, 'g'),
    startsWithGreeting: new RegExp(`^(?: (?:${filler}))* (?:${anyOf(greetings)}) `),
    rules: cues.rules.map(([intent, phrases]) => ({
      intent,
      cue: new RegExp(` (?:${anyOf(phrases)}) `),
    })),
  }
}
