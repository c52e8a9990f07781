import { expect, it } from 'vitest'
import { phrases } from './phrases.ts'

it('parts phrases at commas and at the ends of lines', () => {
  expect(phrases`that's all, see _ you`).toEqual(["that's all", 'see _ you'])
  expect(phrases`
    one more night, book*,
    room
    for two
  `).toEqual(['one more night', 'book*', 'room', 'for two'])
})
