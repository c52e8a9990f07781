import { describe, expect, it } from 'vitest'
import { decodeRtp, encodeRtp, sequenceDistance, timestampDistance } from './rtp-packet.ts'

const packet = {
  payloadType: 101,
  marker: true,
  sequence: 65535,
  timestamp: 4294967295,
  ssrc: 0x89abcdef,
  payload: Uint8Array.of(1, 2, 3),
}
const bytes = (...values: number[]) => Uint8Array.from(values)
const fixed = [0, 7, 0, 0, 0, 9, 0, 0, 0, 5]

describe('decodeRtp', () => {
  it('reads what encodeRtp wrote', () => {
    expect(decodeRtp(encodeRtp(packet))).toEqual(packet)
  })

  it('steps over contributing sources, extension and padding', () => {
    const long = bytes(0xb1, 0, ...fixed, 1, 1, 1, 1, 0xbe, 0xde, 0, 1, 9, 9, 9, 9, 42, 43, 0, 2)
    expect(decodeRtp(long)?.payload).toEqual(bytes(42, 43))
  })

  it.each([
    ['too short', bytes(0x80, 0, 0, 7)],
    ['of version 1', bytes(0x40, 0, ...fixed, 1)],
    ['an RTCP sender report', bytes(0x80, 200, ...fixed, 1)],
    ['shorter than its contributing sources', bytes(0x8f, 0, ...fixed, 1)],
    ['shorter than its extension', bytes(0x90, 0, ...fixed, 0, 0, 0xff, 0xff)],
    ['cut within its extension header', bytes(0x90, 0, ...fixed, 0, 0)],
    ['longer in padding than in payload', bytes(0xa0, 0, ...fixed, 1, 9)],
    ['padded by nothing', bytes(0xa0, 0, ...fixed, 1, 0)],
  ])('refuses a packet that is %s', (_what, malformed) => {
    expect(decodeRtp(malformed)).toBeUndefined()
  })
})

describe('distances', () => {
  it('go across the wrap in both directions', () => {
    expect(sequenceDistance(65534, 1)).toBe(3)
    expect(sequenceDistance(1, 65534)).toBe(-3)
    expect(timestampDistance(4294967200, 64)).toBe(160)
    expect(timestampDistance(64, 4294967200)).toBe(-160)
  })
})
