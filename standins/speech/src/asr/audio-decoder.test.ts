import { AudioEncoding } from '@trunkline/riva'
import { encodeG711 } from '@trunkline/telephony'
import { describe, expect, it } from 'vitest'
import { type AudioFormat, createAudioDecoder } from './audio-decoder.ts'

const tone = (rateHz: number) =>
  Int16Array.from({ length: rateHz }, (_, index) =>
    Math.round(8_000 * Math.sin((2 * Math.PI * 500 * index) / rateHz)),
  )
const bytesOf = (pcm: Int16Array) => new Uint8Array(pcm.buffer)
const linear = (sampleRateHz: number): AudioFormat => ({
  encoding: AudioEncoding.LINEAR_PCM,
  sampleRateHz,
  channelCount: 1,
})

function decode(format: AudioFormat, bytes: Uint8Array, chunkBytes: number): Int16Array {
  const decoder = createAudioDecoder(format)
  const samples: number[] = []
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    samples.push(...decoder.push(bytes.subarray(at, at + chunkBytes)))
  }
  samples.push(...decoder.flush())
  return Int16Array.from(samples)
}

function largestDifference(left: Int16Array, right: Int16Array): number {
  const inner = left.subarray(200, -200)
  return inner.reduce(
    (most, sample, index) => Math.max(most, Math.abs(sample - (right[index + 200] ?? 0))),
    0,
  )
}

describe('createAudioDecoder', () => {
  it.each([8_000, 16_000, 22_050, 44_100, 48_000])(
    'brings %i Hz to 16 kHz, however it is cut',
    (rate) => {
      const whole = decode(linear(rate), bytesOf(tone(rate)), 1 << 20)
      expect(whole).toHaveLength(16_000)
      expect(largestDifference(whole, tone(16_000))).toBeLessThan(100)
      expect(decode(linear(rate), bytesOf(tone(rate)), 333)).toEqual(whole)
    },
  )

  it.each([
    ['PCMU', AudioEncoding.MULAW],
    ['PCMA', AudioEncoding.ALAW],
  ] as const)('reads %s', (codec, encoding) => {
    const bytes = encodeG711(codec, tone(8_000))
    const pcm = decode({ encoding, sampleRateHz: 8_000, channelCount: 0 }, bytes, 160)
    expect(largestDifference(pcm, tone(16_000))).toBeLessThan(500)
  })

  it.each([1, 7, 44, 4_000])(
    'takes rate and encoding from a WAV header in chunks of %i bytes',
    (chunkBytes) => {
      const format = {
        encoding: AudioEncoding.ENCODING_UNSPECIFIED,
        sampleRateHz: 0,
        channelCount: 0,
      }
      const pcm = decode(format, wav(tone(8_000), 8_000), chunkBytes)
      expect(pcm).toHaveLength(16_000)
      expect(largestDifference(pcm, tone(16_000))).toBeLessThan(100)
    },
  )

  it('refuses a WAV file of two channels and one of a kind it cannot read', () => {
    const format = {
      encoding: AudioEncoding.ENCODING_UNSPECIFIED,
      sampleRateHz: 0,
      channelCount: 0,
    }
    const stereo = wav(tone(8_000), 8_000)
    stereo[22] = 2
    expect(() => decode(format, stereo, 1_000)).toThrow('mono')
    const float = wav(tone(8_000), 8_000)
    float[20] = 3
    expect(() => decode(format, float, 1_000)).toThrow('neither')
  })
})

function wav(pcm: Int16Array, rateHz: number): Uint8Array {
  const bytes = new Uint8Array(44 + pcm.byteLength)
  const header = Buffer.from(bytes.buffer, 0, 44)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(36 + pcm.byteLength, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(rateHz, 24)
  header.writeUInt32LE(2 * rateHz, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(pcm.byteLength, 40)
  bytes.set(bytesOf(pcm), 44)
  return bytes
}
