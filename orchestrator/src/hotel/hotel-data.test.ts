import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { hotelData } from './hotel-data.ts'

const sample = () =>
  parse(readFileSync(new URL('../../../lines/hotels/harbour-hotel.yaml', import.meta.url), 'utf8'))
const faults = (value: unknown) => {
  const parsed = hotelData.safeParse(value)
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'))
}

describe('hotelData', () => {
  it('takes the sample hotel', () => expect(faults(sample())).toEqual([]))

  it('refuses wrong fields, each by its path', () => {
    const hotel = sample()
    hotel.currency = 'JPY'
    hotel.roomTypes[0].pricePerNight = 89.999
    hotel.rates[0].from = '2026-02-30'
    hotel.reservations[0].number = 4711
    hotel.stars = 5
    expect(faults(hotel).sort()).toEqual(
      ['', 'currency', 'rates.0.from', 'reservations.0.number', 'roomTypes.0.pricePerNight'].sort(),
    )
  })

  it('refuses what does not fit together', () => {
    const hotel = sample()
    hotel.rates.push({ ...hotel.rates[0], from: '2027-01-01', to: '2027-01-05' })
    hotel.rates.push({ ...hotel.rates[0], roomType: 'cave', from: '2027-03-05', to: '2027-03-01' })
    hotel.roomTypes.push(hotel.roomTypes[0])
    hotel.reservations.push({ ...hotel.reservations[0], checkOut: '2026-12-11' })
    expect(faults(hotel).sort()).toEqual([
      'rates.1.from',
      'rates.2.roomType',
      'rates.2.to',
      'reservations.2.checkOut',
      'reservations.2.number',
      'roomTypes.3.id',
    ])
  })
})
