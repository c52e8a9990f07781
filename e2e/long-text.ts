import type { Random } from './random.ts'

const dishes = [
  'soup',
  'salad',
  'grilled fish',
  'roast chicken',
  'pasta',
  'mushroom risotto',
] as const
const sides = ['potatoes', 'green beans', 'fresh bread', 'rice', 'red cabbage', 'spinach'] as const
const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

/** Sentences that no one has said before, so that their audio is in no cache. */
export function drawMenu(random: Random, sentences: number): readonly string[] {
  return Array.from({ length: sentences }, () => {
    const price = random.between(11, 48)
    const table = random.between(2, 99)
    return `On ${random.pick(days)} we serve ${random.pick(dishes)} with ${random.pick(sides)} for ${price} euros at table ${table}.`
  })
}
