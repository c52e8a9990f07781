import { expect, it } from 'vitest'
import { toChoice } from './phrase-pattern.ts'

const language = {
  language: 'en',
  words: { room: ['room', 'double room'], now: ['now'] },
  normalize: (text: string) => ` ${text.replace(/\W+/g, '')} `,
} as const
const fits = (phrase: string, speech: string) =>
  new RegExp(` (?:${toChoice([phrase], language)})(?= )`).test(` ${speech} `)

it.each([
  ['book a {room}', 'book a double room', true],
  ['book {now}? it', 'book it', true],
  ['book _ room', 'book me one two three room', true],
  ['book _ room', 'book me one two three four room', false],
  ['book __ room', `book ${'on '.repeat(16)}room`, true],
  ['book __ room', `book ${'on '.repeat(17)}room`, false],
  ['cancel*', 'please cancelled', true],
  ['^no', 'no thanks', true],
  ['^no', 'oh no', false],
  ['booked$', 'it is booked', true],
  ['booked$', 'it is booked out', false],
  ['<a room', 'a room', true],
  ['<a room', 'the room', false],
])('takes "%s" in "%s" as %s', (phrase, speech, expected) => {
  expect(fits(phrase, speech)).toBe(expected)
})

it('names the words that are not there', () => {
  expect(() => fits('book {nothing}', 'book')).toThrow('no words named nothing in en')
})
