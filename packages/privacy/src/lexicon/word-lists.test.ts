import { expect, it } from 'vitest'
import { phrases, words } from './word-lists.ts'

it('parts phrases at commas and at the ends of lines', () => {
  expect(phrases`e mail, trait d union`).toEqual(['e mail', 'trait d union'])
  expect(phrases`
    my name is, called,
    the guest
    is
  `).toEqual(['my name is', 'called', 'the guest', 'is'])
})

it('parts words at any space', () => {
  expect(words`
    a  an, d'accord
    the
  `).toEqual(['a', 'an,', "d'accord", 'the'])
})
