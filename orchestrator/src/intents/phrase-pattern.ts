import type { LanguageCues } from './intent.ts'

export interface PhraseLanguage extends Pick<LanguageCues, 'language' | 'words'> {
  readonly normalize: (text: string) => string
}

/**
 * Phrases, written as in `LanguageCues`, as alternatives of a pattern over normalised text; longer ones first, so that
 * "thank you very much" is not left with "very much".
 */
export function toChoice(phrases: readonly string[], language: PhraseLanguage): string {
  const { words } = language
  const longest = (phrase: string) =>
    phrase.replace(/\{(.+?)\}/g, (_, group) =>
      (words[group] ?? []).reduce((most, word) => (word.length > most.length ? word : most), ''),
    ).length
  return [...phrases]
    .sort((left, right) => longest(right) - longest(left))
    .map((phrase) => toPattern(phrase, language))
    .join('|')
}

/** One phrase as a pattern. Gaps are bounded, so a match takes linear time. */
function toPattern(phrase: string, language: PhraseLanguage): string {
  return phrase
    .split(' ')
    .map((part, index, parts) => {
      const space = index === 0 || parts[index - 1]?.startsWith('<') ? '' : ' '
      if (part === '_') return '(?: \\S+){0,4}'
      if (part === '__') return '(?: \\S+){0,16}'
      if (part.startsWith('^')) return `(?<=^ )${toWord(part.slice(1), language)}`
      if (part.startsWith('<')) return `(?<= ${toWord(part.slice(1), language)} )`
      if (part.endsWith('$')) return `${space}${toWord(part.slice(0, -1), language)}(?= $)`
      if (part.endsWith('?')) return `(?:${space}${toWord(part.slice(0, -1), language)})?`
      return space + toWord(part, language)
    })
    .join('')
}

/** `word`, `word*` or `{words}`. */
function toWord(part: string, language: PhraseLanguage): string {
  const group = /^\{(.+)\}$/.exec(part)?.[1]
  if (group === undefined) {
    return language.normalize(part).trim() + (part.endsWith('*') ? '\\S*' : '')
  }
  const words = language.words[group]
  if (words === undefined) throw new Error(`no words named ${group} in ${language.language}`)
  return `(?:${toChoice(words, language)})`
}
