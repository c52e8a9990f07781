import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { decodeG711, encodeG711, g711Silence } from './g711.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte)
const zeroAndAbove = Int16Array.from({ length: 32768 }, (_, sample) => sample)
const belowZero = Int16Array.from(zeroAndAbove, (sample) => ~sample)

// Digests of what CPython 3.11's audioop (an implementation of its own) gives for the same input.
const reference = {
  PCMU: {
    encode: '912062bf9c931c7ebc1dc1fd1d74faf0cfefcd47e8408a3ed4d07aa59f0f1c20',
    decode: '3dab54339e520bb2c924826e3b72a917a2b612e9fd12fc867500f1d983a75827',
  },
  PCMA: {
    encode: 'b209cb65664652ae64853b1f5ee015be44dba85f3883affd6dae34dc76f3eba0',
    decode: 'e04788d110e58ff8c70c93b8480190d973e3b67876b6119abbaec766cc75c174',
  },
} as const

describe.each(['PCMU', 'PCMA'] as const)('%s', (codec) => {
  it('encodes every sample and decodes every byte as an independent implementation does', () => {
    expect(sha256(encodeG711(codec, zeroAndAbove))).toBe(reference[codec].encode)
    const pcm = decodeG711(codec, everyByte)
    expect(sha256(new Uint8Array(pcm.buffer))).toBe(reference[codec].decode)
  })

  it('differs below zero from above it by the sign bit alone', () => {
    const above = encodeG711(codec, zeroAndAbove)
    expect(encodeG711(codec, belowZero)).toEqual(above.map((byte) => byte ^ 0x80))
  })

  it('comes back to the same byte after decoding, the second zero of the law aside', () => {
    const again = encodeG711(codec, decodeG711(codec, everyByte))
    const changed = [...everyByte].filter((byte) => again[byte] !== byte)
    expect(changed).toEqual(codec === 'PCMU' ? [0x7f] : [])
  })

  it('has a byte for silence that decodes to next to nothing', () => {
    const [sample] = decodeG711(codec, Uint8Array.of(g711Silence[codec]))
    expect(Math.abs(sample ?? 99)).toBeLessThanOrEqual(8)
  })
})
