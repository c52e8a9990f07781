import { isNumberWord, readDictation } from './dictation.ts'
import type { Expectation } from './expectation.ts'
import { fold } from './words/fold.ts'
import type { Vocabulary } from './words/vocabulary.ts'

/**
 * How finished a caller's words are, by themselves.
 * - `answer`: a plain yes or no where one is expected
 * - `whole`: the pattern that is expected is there: a date, a whole number, a name said and then spelled
 * - `closed`: a sentence that sounds finished, "… please", "that's all"
 * - `question`: a question that could stand as it is
 * - `plain`: nothing speaks for either
 * - `dictating`: digits or letters one by one, more may come
 * - `open`: the sentence goes on: "a room for the"
 */
export type Completeness =
  | 'answer'
  | 'whole'
  | 'closed'
  | 'question'
  | 'plain'
  | 'dictating'
  | 'open'

const dayFigure = /^(\d{1,2})(st|nd|rd|th|er|e)?$/
const englishOrdinal =
  /(teenth|tieth|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)$/
const germanOrdinal =
  /(zigst|zehnt|^erst|zweit|dritt|viert|funft|sechst|siebt|^acht|neunt|^elft|zwolft)e[nr]?$/
const yearFigure = /^(19|20)\d\d$/
/** Nobody spells a name of fewer letters. */
const fewestLetters = 2
/** Of a payment card; telephone numbers have 15 at most. */
const wholeReferenceDigits = 16
const openClauseWords = 3
/** "Good evening, my name is Anna Maria Meyer" */
const longestName = 3
const shortestQuestion = 3

export function readCompleteness(
  text: string,
  { expect, vocabulary }: { expect: Expectation; vocabulary: Vocabulary },
): Completeness {
  const words = fold(text)
  if (vocabulary.answers.covers(words)) return expect === 'yes-no' ? 'answer' : 'closed'
  if (words.length === 0 || endsInFillers(words, vocabulary)) return 'open'
  if (vocabulary.closings.endsWith(words) || closesBracket(words, vocabulary)) return 'closed'
  if (expect === 'date' || hasMonth(words, vocabulary)) {
    const date = readDate(words, vocabulary)
    if (date) return date
  }
  const { digits, letters, isWholeNumber } = readDictation(words, vocabulary)
  if (digits > 0) {
    const dictated = readDigits({ digits, isWholeNumber, expect, isAlone: digits >= words.length })
    if (dictated) return dictated
  }
  if (letters.length >= fewestLetters || (letters !== '' && expect === 'spelling')) {
    return isSpelledName(words, letters) ? 'whole' : 'dictating'
  }
  if (expect === 'spelling' && /\b(com|de|fr|es|it|net|org|eu|in)$/.test(words.join(' ')))
    return 'whole'
  // The name itself, which is spelled next.
  if (expect === 'spelling' && words.length === 1) return 'dictating'
  if (isWholeQuestion(words, vocabulary)) return 'question'
  if (vocabulary.openEndings.endsWith(words)) return 'open'
  if (hasOpenClause(words, vocabulary) || isIntroduction(words, vocabulary)) return 'open'
  if (isQuestion(words, vocabulary)) return 'question'
  return text.trimEnd().endsWith('?') ? 'closed' : 'plain'
}

function readDigits({
  digits,
  isWholeNumber,
  expect,
  isAlone,
}: {
  digits: number
  isWholeNumber: boolean
  expect: Expectation
  isAlone: boolean
}): Completeness | undefined {
  if (digits >= wholeReferenceDigits) return 'whole'
  if (expect === 'digits' || expect === 'spelling') {
    if (isWholeNumber && digits <= 3) return 'whole'
    return 'dictating'
  }
  if (expect === 'date') return 'open' // its month is missing
  // Where nothing of the kind is expected, three in a row are a number that is being dictated.
  if (digits >= 3 && !isWholeNumber) return 'dictating'
  return isAlone ? 'plain' : undefined
}

/** A day by its name, or a month with its day. Half of either goes on. */
function readDate(words: readonly string[], vocabulary: Vocabulary): Completeness | undefined {
  const isNumber = (word: string) => isDayNumber(word, vocabulary)
  const month = words.findLastIndex((word) => vocabulary.months.has(word))
  if (month >= 0) {
    const before = words.slice(Math.max(0, month - 3), month).some(isNumber)
    const after = words.slice(month + 1)
    if (after.some((word) => yearFigure.test(word))) return 'whole'
    if (after.length > 0 && vocabulary.openEndings.endsWith(words)) return 'open'
    if (before || after.some(isNumber)) return 'whole'
    return 'open'
  }
  if (vocabulary.openEndings.endsWith(words)) return 'open'
  const day = words.findLastIndex((word) => vocabulary.days.has(word))
  if (day >= 0 && words.slice(day + 1).some(isNumber)) return 'whole'
  // "Next Friday" is a date for some, and the beginning of one for others.
  if (vocabulary.days.endsWith(words)) return 'plain'
  const last = words.at(-1) ?? ''
  return isOrdinal(last) || dayFigure.test(last) ? 'open' : undefined
}

/** English and German make ordinals by endings; elsewhere dates have cardinals. */
function isOrdinal(word: string): boolean {
  return englishOrdinal.test(word) || germanOrdinal.test(word)
}

function hasMonth(words: readonly string[], vocabulary: Vocabulary): boolean {
  const last = words.slice(-5)
  return last.some((word, at) => {
    if (!vocabulary.months.has(word) || at < last.length - 3) return false
    // "may" is a word of its own, and a month only next to a day: "the fifth of May".
    const beside = [...last.slice(Math.max(0, at - 2), at), ...last.slice(at + 1, at + 2)]
    return word.length > 3 || beside.some((other) => isDayNumber(other, vocabulary))
  })
}

function isDayNumber(word: string, vocabulary: Vocabulary): boolean {
  return (
    dayFigure.test(word) ||
    vocabulary.digits[word] !== undefined ||
    isNumberWord(word, vocabulary) ||
    isOrdinal(word)
  )
}

/** "Meyer, M E Y E R": the letters make a word that was said before. */
function isSpelledName(words: readonly string[], letters: string): boolean {
  return letters.length >= 3 && words.includes(letters)
}

/** "… because our train": a conjunction with too few words after it for a clause. */
function hasOpenClause(words: readonly string[], { subordinators }: Vocabulary): boolean {
  return words.some((_word, from) => {
    const length = subordinators.lengthAt(words, from)
    const after = words.length - from - length
    return from > 0 && length > 0 && after <= openClauseWords
  })
}

/** "Ich rufe wegen meiner Buchung an": what began with the verb ends with its particle. */
function closesBracket(words: readonly string[], { brackets }: Vocabulary): boolean {
  const last = words.at(-1) ?? ''
  return brackets.some(({ ends, after, apart }) => {
    if (!ends.includes(last)) return false
    const from = words.findIndex(
      (word, index) => (index > 0 || apart === 0) && after.includes(word),
    )
    return from >= 0 && words.length - 2 - from >= apart
  })
}

/** Who greets and says their name has not yet said what they call for. */
function isIntroduction(words: readonly string[], vocabulary: Vocabulary): boolean {
  const greeting = vocabulary.greetings.lengthAt(words, 0)
  if (greeting === 0) return false
  if (greeting === words.length) return false
  const introduction = vocabulary.introductions.lengthAt(words, greeting)
  return introduction > 0 && words.length - greeting - introduction <= longestName
}

function isQuestion(words: readonly string[], { questions, greetings }: Vocabulary): boolean {
  const from = greetings.lengthAt(words, 0)
  return questions.lengthAt(words, from) > 0 && words.length - from >= shortestQuestion
}

/** "Okay, and how much is that": what would go on in another sentence. */
function isWholeQuestion(words: readonly string[], { wholeQuestions, leads }: Vocabulary): boolean {
  return words.some((_word, from) => {
    const isLed = from === 0 || leads.covers(words.slice(0, from))
    return isLed && wholeQuestions.covers(words.slice(from))
  })
}

/** Somebody who ends on "uh" is about to go on. */
function endsInFillers(words: readonly string[], { fillers }: Vocabulary): boolean {
  return words.some((_word, from) => fillers.covers(words.slice(from)))
}
