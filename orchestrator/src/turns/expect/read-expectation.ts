import { type LineLanguage, lineLanguage } from '@trunkline/contracts'
import { type CompiledQuestions, compileQuestions } from './compile-questions.ts'
import { english } from './words/english.ts'
import { french } from './words/french.ts'
import { german } from './words/german.ts'
import { hindi } from './words/hindi.ts'
import { italian } from './words/italian.ts'
import { spanish } from './words/spanish.ts'

/** What the caller is about to answer with. */
export type Expectation = 'free' | 'yes-no' | 'digits' | 'spelling' | 'date'

/** Sentences that may follow a question and leave it open: "Would you like breakfast? It is twelve euro." */
const sentencesBehind = 2

/**
 * Tells from what the agent has just said what it waits for. Cheap, pure, and careful: where it is not sure it says
 * `free`, by which nobody is cut off who would not be anyway.
 * @param text the reply as far as it has been said
 * @param language BCP 47; one without rules is read as English
 */
export function createExpectationReader(): (text: string, language: string) => Expectation {
  const compiled: Readonly<Record<LineLanguage, CompiledQuestions>> = {
    en: compileQuestions(english),
    de: compileQuestions(german),
    fr: compileQuestions(french),
    es: compileQuestions(spanish),
    it: compileQuestions(italian),
    hi: compileQuestions(hindi),
  }
  return (text, language) => {
    const known = lineLanguage.safeParse(language.split('-')[0]?.toLowerCase())
    return readExpectation(text, compiled[known.success ? known.data : 'en'])
  }
}

function readExpectation(text: string, questions: CompiledQuestions): Expectation {
  const sentences = toSentences(text).slice(-1 - sentencesBehind)
  for (const sentence of sentences.reverse()) {
    const isQuestion = /[?？]\s*["'”’»)]*$/.test(sentence)
    const speech = questions.normalize(sentence)
    if (isQuestion || questions.requests.test(speech))
      return classify(speech, questions, isQuestion)
  }
  return 'free'
}

function classify(speech: string, questions: CompiledQuestions, isQuestion: boolean): Expectation {
  const { tags, open, requests, asking, having, or, counts, spelling, digits, dates } = questions
  if (isQuestion && tags.test(speech)) return 'yes-no'
  const wantsWords = requests.test(speech) || asking.test(speech)
  const wantsMore = wantsWords || having.test(speech)
  if (wantsMore && spelling.test(speech)) return 'spelling'
  if (open.test(speech)) return 'free'
  if (wantsMore && counts.test(speech)) return 'free'
  if (wantsMore && digits.test(speech)) return 'digits'
  if (wantsMore && dates.test(speech)) return 'date'
  if (!isQuestion || wantsWords || or.test(speech)) return 'free'
  return 'yes-no'
}

function toSentences(text: string): string[] {
  return (
    text.match(/[^.!?।？…]+[.!?।？…]*["'”’»)]*/g)?.filter((part) => /[\p{L}\p{N}]/u.test(part)) ??
    []
  )
}
