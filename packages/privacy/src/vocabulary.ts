import { type PiiCategory, piiCategories } from './category.ts'
import { foldWord } from './fold.ts'
import type { Lexicon } from './lexicon.ts'

export type Role =
  | 'hundred'
  | 'thousand'
  | 'double'
  | 'triple'
  | 'month'
  | 'and'
  | 'glue'
  | 'pause'
  | 'at'
  | 'dot'
  | 'dash'
  | 'underscore'
  | 'room'
  | 'number'
  | 'unit'
  | 'name-is'
  | 'may-be-name'
  | 'name-ends'
  | 'name-before'
  | 'title'
  | 'not-before-title'
  | 'particle'
  | 'greeting'
  | 'ordinary'
  | 'ordinal'

export interface Word {
  readonly roles: ReadonlySet<Role>
  readonly value?: number
}

/** Something several words long, or that stands for a category. */
export interface Phrase {
  readonly words: readonly string[]
  readonly roles: ReadonlySet<Role>
  readonly context?: PiiCategory
}

export interface Vocabulary {
  readonly words: ReadonlyMap<string, Word>
  /** Phrases and contexts by their first word, longest first. */
  readonly phrases: ReadonlyMap<string, readonly Phrase[]>
}

/** One table for all the given languages, so that a text is gone through once. */
export function compileVocabulary(lexicons: readonly Lexicon[]): Vocabulary {
  const words = new Map<string, { roles: Set<Role>; value?: number }>()
  const phrases = new Map<string, Phrase[]>()
  const wordOf = (text: string) => {
    const key = foldWord(text)
    const word = words.get(key) ?? { roles: new Set<Role>() }
    words.set(key, word)
    return word
  }
  const add = (text: string, role?: Role, context?: PiiCategory) => {
    const parts = text.split(' ').map(foldWord)
    const [first = ''] = parts
    if (parts.length === 1 && role !== undefined) wordOf(first).roles.add(role)
    if (parts.length === 1 && context === undefined) return
    const known = phrases.get(first) ?? []
    known.push({
      words: parts,
      roles: new Set(role === undefined ? [] : [role]),
      ...(context === undefined ? {} : { context }),
    })
    phrases.set(first, known)
  }
  for (const lexicon of lexicons) {
    for (const [text, value] of Object.entries(lexicon.numbers)) wordOf(text).value = value
    for (const [text, value] of Object.entries(lexicon.ordinals)) {
      const word = wordOf(text)
      word.value ??= value
      word.roles.add('ordinal')
    }
    for (const [list, role] of rolesOf(lexicon)) for (const text of list) add(text, role)
    for (const [category, list] of Object.entries(lexicon.contexts)) {
      for (const text of list) {
        add(text, undefined, toCategory(category))
        for (const part of text.split(' ')) if (part.length > 1) wordOf(part).roles.add('ordinary')
      }
    }
  }
  for (const list of phrases.values()) list.sort((a, b) => b.words.length - a.words.length)
  return { words, phrases }
}

function rolesOf(lexicon: Lexicon): [readonly string[], Role][] {
  return [
    [lexicon.hundred, 'hundred'],
    [lexicon.thousand, 'thousand'],
    [lexicon.double, 'double'],
    [lexicon.triple, 'triple'],
    [lexicon.months, 'month'],
    [lexicon.and, 'and'],
    [lexicon.dateGlue, 'glue'],
    [lexicon.pauses, 'pause'],
    [lexicon.at, 'at'],
    [lexicon.dot, 'dot'],
    [lexicon.dash, 'dash'],
    [lexicon.underscore, 'underscore'],
    [lexicon.room, 'room'],
    [lexicon.number, 'number'],
    [lexicon.units, 'unit'],
    [lexicon.nameIs, 'name-is'],
    [lexicon.mayBeName, 'may-be-name'],
    [lexicon.nameEnds, 'name-ends'],
    [lexicon.nameBefore, 'name-before'],
    [lexicon.titles, 'title'],
    [lexicon.notBeforeTitle, 'not-before-title'],
    [lexicon.particles, 'particle'],
    [lexicon.greetings, 'greeting'],
    [lexicon.ordinary, 'ordinary'],
  ]
}

function toCategory(text: string): PiiCategory {
  const category = piiCategories.find((known) => known === text)
  if (category === undefined) throw new TypeError(`no such category: ${text}`)
  return category
}
