import { describe, expect, it } from 'vitest'
import { measureQuiet } from './quiet.ts'

const packet = (amplitude: number) =>
  Int16Array.from({ length: 160 }, (_, index) => (index % 8 < 4 ? amplitude : -amplitude))
const levels: Readonly<Record<string, number>> = { '#': 8000, '-': 600, '.': 0 }
/** One character a packet of 20 ms from time 0: `#` is speech, `-` the same 22 dB lower, `.` silence. */
const wire = (pattern: string) =>
  [...pattern].map((mark, index) => ({ pcm: packet(levels[mark] ?? 0), at: index * 20 }))

describe('measureQuiet', () => {
  it.each([
    { name: 'cut off', pattern: `${'#'.repeat(20)}${'.'.repeat(30)}`, ms: 200 },
    { name: 'ducked and then cut off', pattern: `${'#'.repeat(15)}${'-'.repeat(20)}.`, ms: 100 },
    {
      name: 'cut off after a pause between words',
      pattern: `${'#'.repeat(11)}....####${'.'.repeat(30)}`,
      ms: 180,
    },
    {
      name: 'silent in time, and speaking again later',
      pattern: `${'#'.repeat(15)}${'.'.repeat(20)}##########`,
      ms: 100,
    },
  ])('of a voice that is $name is $ms ms', ({ pattern, ms }) => {
    expect(measureQuiet(wire(pattern), { onsetAt: 200 })?.quietMs).toBe(ms)
  })

  it('is none where nobody was interrupted', () => {
    expect(measureQuiet(wire('.'.repeat(40)), { onsetAt: 200 })).toBeUndefined()
    const early = `####${'.'.repeat(40)}`
    expect(measureQuiet(wire(early), { onsetAt: 600 })).toBeUndefined()
  })

  it('does not take the next reply for this one', () => {
    const pattern = `${'#'.repeat(12)}....##########`
    expect(measureQuiet(wire(pattern), { onsetAt: 200, until: 320 })?.quietMs).toBe(40)
  })
})
