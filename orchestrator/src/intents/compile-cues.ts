import type { Intent, LanguageCues } from './intent.ts'
import { normalizeSpeech } from './normalize-speech.ts'

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
  const anyOf = (phrases: readonly string[]) => toChoice(phrases, { cues, normalize })
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

interface Compiling {
  readonly cues: LanguageCues
  readonly normalize: (text: string) => string
}

function toChoice(phrases: readonly string[], compiling: Compiling): string {
  const { words } = compiling.cues
  const longest = (phrase: string) =>
    phrase.replace(/\{(.+?)\}/g, (_, group) =>
      (words[group] ?? []).reduce((most, word) => (word.length > most.length ? word : most), ''),
    ).length
  return [...phrases]
    .sort((left, right) => longest(right) - longest(left))
    .map((phrase) => toPattern(phrase, compiling))
    .join('|')
}

/** One cue as a pattern over normalised text. Gaps are bounded, so a match takes linear time. */
function toPattern(phrase: string, compiling: Compiling): string {
  return phrase
    .split(' ')
    .map((part, index, parts) => {
      const space = index === 0 || parts[index - 1]?.startsWith('<') ? '' : ' '
      if (part === '_') return '(?: \\S+){0,4}'
      if (part.startsWith('^')) return `(?<=^ )${toWord(part.slice(1), compiling)}`
      if (part.startsWith('<')) return `(?<= ${toWord(part.slice(1), compiling)} )`
      if (part.endsWith('?')) return `(?:${space}${toWord(part.slice(0, -1), compiling)})?`
      return space + toWord(part, compiling)
    })
    .join('')
}

/** `word`, `word*` or `{words}`. */
function toWord(part: string, compiling: Compiling): string {
  const group = /^\{(.+)\}$/.exec(part)?.[1]
  if (group === undefined) {
    return compiling.normalize(part).trim() + (part.endsWith('*') ? '\\S*' : '')
  }
  const words = compiling.cues.words[group]
  if (words === undefined) throw new Error(`no words named ${group} in ${compiling.cues.language}`)
  return `(?:${toChoice(words, compiling)})`
}
