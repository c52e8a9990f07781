import { describe, expect, it } from 'vitest'
import { countFreeRooms, priceNights, sumCents } from './availability.ts'
import { fromCents, toCents } from './money.ts'

const stay = { checkIn: '2026-12-23', checkOut: '2026-12-27' }
const taken = (checkIn: string, checkOut: string) => ({ checkIn, checkOut })

describe('countFreeRooms', () => {
  const cases: readonly [string, ReturnType<typeof taken>[], number][] = [
    ['an empty house', [], 3],
    ['a guest who leaves on the day of arrival', [taken('2026-12-20', '2026-12-23')], 3],
    ['a guest who comes on the day of departure', [taken('2026-12-27', '2026-12-29')], 3],
    ['a guest of one night in between', [taken('2026-12-24', '2026-12-25')], 2],
    [
      'two guests after each other, who can have the same room',
      [taken('2026-12-20', '2026-12-25'), taken('2026-12-25', '2026-12-30')],
      2,
    ],
    [
      'two guests at once',
      [taken('2026-12-20', '2026-12-26'), taken('2026-12-25', '2026-12-30')],
      1,
    ],
    [
      'more guests than rooms',
      Array.from({ length: 5 }, () => taken('2026-12-01', '2027-01-01')),
      0,
    ],
  ]
  for (const [what, stays, free] of cases) {
    it(`counts ${what}`, () => expect(countFreeRooms(stay, { rooms: 3, taken: stays })).toBe(free))
  }
})

describe('priceNights', () => {
  it('takes a rate for the nights it covers, its last one included, and sums exactly', () => {
    const prices = priceNights(stay, {
      baseCents: toCents(89.1),
      rates: [{ firstNight: '2026-12-24', lastNight: '2026-12-25', priceCents: toCents(120.35) }],
    })
    expect(prices.map(({ priceCents }) => priceCents)).toEqual([8910, 12_035, 12_035, 8910])
    expect(fromCents(sumCents(prices))).toBe(418.9)
  })
})
