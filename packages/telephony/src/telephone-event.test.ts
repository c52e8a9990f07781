import { describe, expect, it } from 'vitest'
import {
  createKeyReader,
  decodeTelephoneEvent,
  encodeTelephoneEvent,
  planKeys,
} from './telephone-event.ts'

describe('telephone events', () => {
  it.each([...'0123456789*#ABCD'])('come back as the key %s', (digit) => {
    const event = { digit, isEnd: true, durationSamples: 800 }
    expect(decodeTelephoneEvent(encodeTelephoneEvent(event))).toEqual(event)
  })

  it('has the bytes of RFC 4733', () => {
    const event = { digit: '#', isEnd: true, durationSamples: 0x0320 }
    expect([...encodeTelephoneEvent(event)]).toEqual([11, 0x8a, 0x03, 0x20])
  })

  it('refuses what is no key and overlooks events that are none', () => {
    expect(() => encodeTelephoneEvent({ digit: 'x', isEnd: false, durationSamples: 0 })).toThrow(
      RangeError,
    )
    expect(decodeTelephoneEvent(Uint8Array.of(36, 0, 0, 0))).toBeUndefined()
    expect(decodeTelephoneEvent(Uint8Array.of(1, 0, 0))).toBeUndefined()
  })
})

describe('planKeys', () => {
  it('lets durations grow, repeats the end three times and leaves a gap', () => {
    const slots = planKeys('5', { keyMs: 60, gapMs: 40 })
    expect(slots).toEqual([
      { kind: 'event', isFirst: true, event: { digit: '5', isEnd: false, durationSamples: 160 } },
      { kind: 'event', isFirst: false, event: { digit: '5', isEnd: false, durationSamples: 320 } },
      ...[1, 2, 3].map(() => ({
        kind: 'event',
        isFirst: false,
        event: { digit: '5', isEnd: true, durationSamples: 480 },
      })),
      { kind: 'pause' },
      { kind: 'pause' },
    ])
  })

  it('takes w and comma as half a second each and lower-case letters as keys', () => {
    expect(planKeys('w,')).toHaveLength(50)
    expect(planKeys('a')[0]).toMatchObject({ event: { digit: 'A' } })
    expect(() => planKeys('1 2')).toThrow(RangeError)
  })
})

describe('createKeyReader', () => {
  it('reports a key once, even when only its end arrives', () => {
    const read = createKeyReader()
    const payload = (digit: string, isEnd: boolean) =>
      encodeTelephoneEvent({ digit, isEnd, durationSamples: 160 })
    expect(read(100, payload('1', false))).toBe('1')
    expect(read(100, payload('1', true))).toBeUndefined()
    expect(read(900, payload('1', true))).toBe('1')
    expect(read(900, payload('1', true))).toBeUndefined()
  })
})
