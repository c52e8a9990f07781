import type { Word } from './words.ts'

const figures: Readonly<Record<string, string>> = {
  zero: '0',
  oh: '0',
  o: '0',
  nought: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  null: '0',
  eins: '1',
  zwei: '2',
  zwo: '2',
  drei: '3',
  vier: '4',
  funf: '5',
  sechs: '6',
  sieben: '7',
  acht: '8',
  neun: '9',
}
/** What recognition makes of figures; counts only inside a number. */
const misheard: Readonly<Record<string, string>> = {
  to: '2',
  too: '2',
  for: '4',
  won: '1',
  ate: '8',
  fore: '4',
}
const repeats: Readonly<Record<string, number>> = { double: 2, triple: 3, treble: 3 }
const joining = /^(and|dash|hyphen|-)$/
const minDigits = 3

/**
 * A number said in figures, pairs or words: "four seven one one", "forty-seven eleven", "4711", "47 11", "double
 * one". The longest run of three figures or more counts.
 */
export function readReservationNumber(words: readonly Word[]): string | undefined {
  let best = ''
  let run = ''
  let times = 1
  for (const [index, word] of words.entries()) {
    const digits = toDigits(word, run !== '' && isFigure(words[index + 1]))
    if (digits !== undefined) {
      run += digits.repeat(times)
      times = 1
      if (run.length > best.length) best = run
    } else if (repeats[word.text] && isFigure(words[index + 1])) times = repeats[word.text] ?? 1
    else if (!joining.test(word.text)) run = ''
  }
  return best.length >= minDigits ? best : undefined
}

/** The words must have had their tens joined (numbers.ts): "forty-seven" is one word here. */
function toDigits(word: Word, isInside: boolean): string | undefined {
  if (word.isDate) return undefined
  if (word.number !== undefined) return word.text
  return figures[word.text] ?? (isInside ? misheard[word.text] : undefined)
}

function isFigure(word: Word | undefined): boolean {
  return word !== undefined && toDigits(word, false) !== undefined
}
