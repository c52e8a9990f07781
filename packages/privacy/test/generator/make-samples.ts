import type { PiiCategory } from '../../src/index.ts'
import { makeBirth } from './births.ts'
import { frames } from './frames.ts'
import {
  group,
  makeBooking,
  makeCard,
  makeIban,
  makeId,
  makePassport,
  makePhone,
} from './numbers.ts'
import { people } from './people.ts'
import { createRandom, type Random } from './random.ts'
import { dictate, makeEmail, speakEmail } from './speech.ts'

export interface Sample {
  readonly language: string
  readonly category: PiiCategory
  readonly text: string
  /** What must not be left. */
  readonly value: string
  readonly isSpoken: boolean
}

export const languages = ['en', 'de', 'fr', 'es', 'it', 'hi'] as const

/** Sentences with one personal value each, the same for the same seed. Shares nothing with the redactor. */
export function* makeSamples(
  category: PiiCategory,
  { seed, perLanguage }: { seed: number; perLanguage: number },
): Generator<Sample> {
  for (const language of languages) {
    const random = createRandom(
      seed + language.charCodeAt(0) * 31 + category.length * 7 + category.charCodeAt(0),
    )
    for (let count = 0; count < perLanguage; count += 1) {
      const isSpoken = random.chance(0.5)
      const value = makeValue(category, { random, language, isSpoken })
      const frame = random.pick(frames[language]?.[category] ?? [])
      const sentence = isSpoken
        ? frame.toLowerCase()
        : `${frame.charAt(0).toUpperCase()}${frame.slice(1)}.`
      const text = sentence.replace('@', () => value)
      yield { language, category, text, value, isSpoken }
    }
  }
}

interface Options {
  readonly random: Random
  readonly language: string
  readonly isSpoken: boolean
}

function makeValue(category: PiiCategory, options: Options): string {
  const { random, language, isSpoken } = options
  const say = (text: string) => (isSpoken ? dictate(text, options) : text)
  const { given = [], family = [] } = people[language] ?? {}
  const [first, last] = [random.pick(given), random.pick(family)]
  switch (category) {
    case 'card': {
      const number = makeCard(random)
      const by = random.pick([' ', '-', ''])
      return isSpoken ? dictate(number, options) : group(number, { size: 4, by })
    }
    case 'iban': {
      const iban = makeIban(random)
      return isSpoken
        ? dictate(iban, options)
        : group(iban, { size: 4, by: random.pick([' ', '']) })
    }
    case 'email': {
      const address = makeEmail(random, { given: first, family: last })
      return isSpoken ? speakEmail(address, { random, language, word: last }) : address
    }
    case 'phone':
      return say(makePhone(random, language))
    case 'passport':
      return say(makePassport(random, language))
    case 'id':
      return say(makeId(random, language))
    case 'confirmation':
      return say(makeBooking(random))
    case 'birth-date':
      return makeBirth(random, { language, spoken: isSpoken })
    case 'room':
      return say(random.pick([`${1 + random.int(9)}${random.digits(2)}`, `1${random.digits(3)}`]))
    case 'name': {
      const name = random.pick([`${first} ${last}`, last, `${first} ${last}`])
      return isSpoken ? name.toLowerCase() : name
    }
  }
}
