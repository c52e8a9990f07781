import { expect, it } from 'vitest'
import { readCompleteness } from './completeness.ts'
import type { Expectation } from './expectation.ts'
import { createVocabulary } from './words/vocabulary.ts'

const read = (text: string, language = 'en', expect: Expectation = 'free') =>
  readCompleteness(text, { expect, vocabulary: createVocabulary(language) })

it.each([
  ['en', 'could you tell me how much the double room is', 'closed'],
  ['en', 'how much is', 'open'],
  ['en', 'what kind of room is', 'open'],
  ['en', 'please tell me what is', 'open'],
  ['en', 'that sounds good', 'closed'],
  ['en', 'do you have parking', 'question'],
  ['en', 'What time is check-in?', 'question'],
  ['en', 'okay and when can we check in', 'question'],
  ['en', 'sorry what was that', 'question'],
  ['en', 'how much would that be', 'question'],
  ['en', 'when you check in', 'open'],
  ['en', 'and', 'open'],
  ['en', 'do you know what', 'open'],
  ['en', 'a double room', 'plain'],
  ['en', 'a room from the fifth of May to the ninth of May', 'whole'],
  ['en', 'do you have a room if I may', 'open'],
  ['en', 'a double room for the', 'open'],
  ['en', 'a double room uh', 'open'],
  ['en', 'we would like to leave late because our train', 'open'],
  ['en', 'good evening my name is Anna Meyer', 'open'],
  ['en', 'no thank you', 'closed'],
  ['en', 'no thank you good-by,', 'closed'],
  ['en', 'seven five five two', 'dictating'],
  ['de', 'ich rufe wegen meiner Buchung an', 'closed'],
  ['de', 'wir reisen am Montag ab', 'closed'],
  ['de', 'ich hätte gern ein Zimmer an', 'open'],
  ['de', 'wir kommen mit', 'open'],
  ['de', 'Und was kostet das?', 'question'],
  ['de', 'ab wann ist Check-in', 'question'],
  ['de', 'wo ist das', 'question'],
  ['de', 'ich suche das', 'open'],
  ['de', 'nehmen Sie Hunde auf', 'closed'],
  ['de', 'ein Zimmer bis zum neunzehnten Mai', 'whole'],
  ['de', 'das passt gut', 'closed'],
  ['fr', 'ça me va', 'closed'],
  ['fr', 'et c’est où', 'question'],
  ['fr', 'c’est', 'open'],
  ['fr', 'je voudrais une chambre pour le', 'open'],
  ['es', 'me parece bien', 'closed'],
  ['es', 'quisiera una habitación para', 'open'],
  ['it', 'può dirmi dov’è', 'closed'],
  ['it', 'una camera e', 'open'],
  ['it', 'fino a quando', 'question'],
  ['es', '¿Y cuánto es?', 'question'],
  ['es', 'cuánto es el', 'open'],
])('%s, nothing expected: “%s” is %s', (language, text, wanted) => {
  expect(read(text, language)).toBe(wanted)
})

it.each([
  ['yes-no', 'en', 'yes please', 'answer'],
  ['yes-no', 'de', 'ja genau', 'answer'],
  ['yes-no', 'en', 'yes but', 'open'],
  ['date', 'en', 'next friday', 'plain'],
  ['date', 'en', 'next friday the eleventh', 'whole'],
  ['date', 'de', 'nächsten Freitag den elften', 'whole'],
  ['date', 'fr', 'vendredi onze', 'whole'],
  ['date', 'de', 'am Freitag den', 'open'],
  ['date', 'en', 'the fourteenth', 'open'],
  ['date', 'en', 'the fourteenth of march', 'whole'],
  ['date', 'en', 'from the second of april to the', 'open'],
  ['digits', 'en', 'two hundred and twelve', 'whole'],
  ['digits', 'en', 'double five two', 'dictating'],
  [
    'digits',
    'en',
    'four four four four five five five five six six six six seven seven seven seven',
    'whole',
  ],
  ['spelling', 'en', 'Meyer', 'dictating'],
  ['spelling', 'en', 'Meyer M E Y', 'dictating'],
  ['spelling', 'en', 'Meyer M E Y E R', 'whole'],
] as const)('%s expected, %s: “%s” is %s', (expected, language, text, wanted) => {
  expect(read(text, language, expected)).toBe(wanted)
})
