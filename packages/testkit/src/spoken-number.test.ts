import { describe, expect, it } from 'vitest'
import { findSpokenNumbers } from './spoken-number.ts'

describe('findSpokenNumbers', () => {
  it.each([
    ['It is 129 euros a night, 258 euros in all.', [129, 258]],
    ['it is one hundred twenty nine euros a night', [129]],
    ['It is one hundred and twenty-nine euros.', [129]],
    ['two hundred euros and fifty three rooms', [200, 53]],
    ['1,290 euros, or €645 a night', [1290, 645]],
    ['one thousand two hundred and ninety', [1290]],
    ['2 hundred and 45', [245]],
    ['nine twenty', [9, 20]],
    ['from the 3rd to the fifth of December, 99.', [99]],
    ['It costs 99. 2 nights are 198.', [99, 2, 198]],
    ['89.50 euros', []],
    ['seventeen and eighteen', [17, 18]],
    ['zero', [0]],
    ['no number at all', []],
    ['', []],
  ])('finds in "%s" %j', (transcript, numbers) => {
    expect(findSpokenNumbers(transcript)).toEqual(numbers)
  })
})
