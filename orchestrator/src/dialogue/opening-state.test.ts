import { describe, expect, it } from 'vitest'
import { toOpeningState } from './opening-state.ts'

const berlin = { timeZone: 'Europe/Berlin' }
const hours = { open: '07:00', close: '22:00', days: {}, closedDates: [] }
const bar = { ...hours, open: '18:00', close: '02:00' }

describe('toOpeningState', () => {
  it.each([
    // Berlin: UTC+1 in winter, UTC+2 in summer; the clock jumps at 01:00 UTC.
    { at: '2026-11-20T06:00:00Z', name: 'the minute it opens', open: true, time: '07:00' },
    { at: '2026-11-20T05:59:00Z', name: 'the minute before', open: false, time: '06:59' },
    { at: '2026-11-20T20:59:59Z', name: 'the last minute', open: true, time: '21:59' },
    { at: '2026-11-20T21:00:00Z', name: 'the minute it closes', open: false, time: '22:00' },
    { at: '2026-03-28T05:30:00Z', name: 'the day before summer time', open: false, time: '06:30' },
    { at: '2026-03-29T05:00:00Z', name: 'the first day of summer time', open: true, time: '07:00' },
    { at: '2026-03-29T00:59:00Z', name: 'just before the jump', open: false, time: '01:59' },
    { at: '2026-03-29T01:00:00Z', name: 'just after the jump', open: false, time: '03:00' },
    {
      at: '2026-10-25T05:30:00Z',
      name: 'the first day of winter time',
      open: false,
      time: '06:30',
    },
    { at: '2026-10-25T00:30:00Z', name: 'half past two in summer', open: false, time: '02:30' },
    { at: '2026-10-25T01:30:00Z', name: 'half past two in winter', open: false, time: '02:30' },
  ])('knows $name', ({ at, open, time }) => {
    const state = toOpeningState({ ...berlin, hours }, Date.parse(at))
    expect(state).toMatchObject({ isOpen: open, time })
  })

  it.each([
    { at: '2026-11-20T22:30:00Z', name: 'before midnight', open: true },
    { at: '2026-11-21T00:30:00Z', name: 'after midnight', open: true },
    { at: '2026-11-21T01:00:00Z', name: 'at its end in the night', open: false },
    { at: '2026-11-21T12:00:00Z', name: 'at noon', open: false },
    {
      at: '2026-10-25T00:30:00Z',
      name: 'in the hour that comes twice, when it is past',
      open: false,
    },
    { at: '2026-10-24T23:30:00Z', name: 'in the night of the change', open: true },
  ])('follows hours over midnight: $name', ({ at, open }) => {
    expect(toOpeningState({ ...berlin, hours: bar }, Date.parse(at)).isOpen).toBe(open)
  })

  it('counts hours after midnight to the day on which they began', () => {
    const days = { saturday: 'closed' as const }
    const fridayNight = Date.parse('2026-11-21T00:30:00Z') // Saturday, half past one
    expect(toOpeningState({ ...berlin, hours: { ...bar, days } }, fridayNight)).toMatchObject({
      ...{ weekday: 'saturday', isOpen: true, today: undefined },
    })
    const saturdayNight = Date.parse('2026-11-22T00:30:00Z')
    expect(toOpeningState({ ...berlin, hours: { ...bar, days } }, saturdayNight).isOpen).toBe(false)
  })

  it('takes a day’s own hours, closed days and closed dates', () => {
    const own = {
      ...hours,
      days: { sunday: { open: '10:00', close: '12:00' }, monday: 'closed' as const },
      closedDates: ['2026-12-25'],
    }
    const isOpen = (at: string) => toOpeningState({ ...berlin, hours: own }, Date.parse(at)).isOpen
    expect(isOpen('2026-11-22T10:30:00Z')).toBe(true) // Sunday, half past eleven
    expect(isOpen('2026-11-22T12:30:00Z')).toBe(false)
    expect(isOpen('2026-11-23T12:00:00Z')).toBe(false) // Monday
    expect(isOpen('2026-12-25T12:00:00Z')).toBe(false)
    expect(isOpen('2026-12-24T12:00:00Z')).toBe(true)
  })

  it('is open all day when both times are the same', () => {
    const always = { ...hours, open: '00:00', close: '00:00' }
    for (const hour of ['00', '03', '12', '23']) {
      const at = Date.parse(`2026-11-20T${hour}:00:00Z`)
      expect(toOpeningState({ ...berlin, hours: always }, at).isOpen).toBe(true)
    }
  })

  it('knows the quiet hours, the date and the weekday of the line, not of the server', () => {
    const quietHours = { from: '22:00', to: '06:00' }
    const tokyo = { timeZone: 'Asia/Tokyo', quietHours }
    const state = toOpeningState(tokyo, Date.parse('2026-11-20T18:00:00Z'))
    expect(state).toEqual({
      ...{ date: '2026-11-21', time: '03:00', weekday: 'saturday' },
      ...{ isOpen: undefined, today: undefined, isQuiet: true },
    })
    expect(toOpeningState(tokyo, Date.parse('2026-11-20T21:00:00Z')).isQuiet).toBe(false)
  })
})
