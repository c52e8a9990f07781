import { english } from './english.ts'
import { french } from './french.ts'
import { german } from './german.ts'
import { hindi } from './hindi.ts'
import { italian } from './italian.ts'
import type { Bracket, LanguageWords } from './language-words.ts'
import { createPhrases, type Phrases } from './phrases.ts'
import { spanish } from './spanish.ts'

/** A language's words, ready to be looked up. */
export interface Vocabulary {
  readonly backchannels: Phrases
  readonly stops: Phrases
  readonly answers: Phrases
  readonly fillers: Phrases
  readonly openEndings: Phrases
  readonly brackets: readonly Bracket[]
  readonly subordinators: Phrases
  readonly wholeQuestions: Phrases
  /** What is said before a question: "and", "okay", "sorry", a greeting. */
  readonly leads: Phrases
  readonly questions: Phrases
  readonly greetings: Phrases
  readonly introductions: Phrases
  readonly closings: Phrases
  readonly months: Phrases
  readonly days: Phrases
  readonly numbers: Phrases
  readonly spellingWords: Phrases
  readonly digits: Readonly<Record<string, number>>
  readonly doubles: Readonly<Record<string, number>>
}

const byLanguage: Readonly<Record<string, LanguageWords>> = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
  it: italian,
  hi: hindi,
}

/** Understood whatever is spoken on the line. */
const anywhere = {
  stops: ['stop', 'stopp', 'halt'],
  backchannels: ['mhm', 'hm', 'hmm', 'mm', 'ok', 'okay'],
  leads: ['and', 'und', 'et', 'y', 'e', 'aur', 'और'],
}

/** @param language BCP 47; English stands in for a language that is not known */
export function createVocabulary(language: string): Vocabulary {
  const words = byLanguage[language.slice(0, 2).toLowerCase()] ?? english
  const { backchannels, stops, fillers, greetings } = words
  return {
    backchannels: createPhrases([...backchannels, ...anywhere.backchannels]),
    stops: createPhrases([...stops, ...anywhere.stops]),
    answers: createPhrases(words.answers),
    fillers: createPhrases(fillers),
    openEndings: createPhrases(words.openEndings),
    brackets: words.brackets,
    subordinators: createPhrases(words.subordinators),
    wholeQuestions: createPhrases(words.wholeQuestions),
    leads: createPhrases([...anywhere.leads, ...backchannels, ...stops, ...fillers, ...greetings]),
    questions: createPhrases(words.questions),
    greetings: createPhrases(greetings),
    introductions: createPhrases(words.introductions),
    closings: createPhrases(words.closings),
    months: createPhrases(words.months),
    days: createPhrases(words.days),
    numbers: createPhrases(words.numbers),
    spellingWords: createPhrases(words.spellingWords),
    digits: words.digits,
    doubles: words.doubles,
  }
}
