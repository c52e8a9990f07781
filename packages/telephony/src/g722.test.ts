import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createG722Decoder, createG722Encoder } from './g722.ts'

const sha256 = (pcm: Int16Array | Uint8Array) =>
  createHash('sha256')
    .update(new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength))
    .digest('hex')

/** Two seconds of noise by Marsaglia's xorshift, 6 dB quieter every 125 ms, down to digital silence. */
function createNoise(quieterBits: number): Int16Array {
  let state = 1
  return Int16Array.from({ length: 32_000 }, (_, index) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    const depth = 16 - quieterBits
    return ((state & 0xffff) - 32768) >> (quieterBits + (Math.floor(index / 2000) % depth))
  })
}

/** A voice of 140 Hz with formants that move, and a hiss of 5 to 7 kHz now and then. */
function createVoice(): Int16Array {
  return Int16Array.from({ length: 32_000 }, (_, index) => {
    const time = index / 16_000
    const formant = 900 + 500 * Math.sin(2 * Math.PI * 1.3 * time)
    let voiced = 0
    for (let harmonic = 1; harmonic * 140 < 3800; harmonic += 1) {
      const strength = 1 / (1 + ((harmonic * 140 - formant) / 300) ** 2)
      voiced += strength * Math.sin(2 * Math.PI * 140 * harmonic * time)
    }
    const hiss = Math.sin(2 * Math.PI * (6000 + 900 * Math.sin(700 * time)) * time)
    return 3000 * voiced + 1200 * hiss * Math.max(0, Math.sin(2 * Math.PI * 2 * time))
  })
}

const tone = (hertz: number) =>
  Int16Array.from({ length: 8000 }, (_, at) => 8000 * Math.sin((2 * Math.PI * hertz * at) / 16_000))

/** Signal to noise in dB after the codec's own delay of 22 samples. */
function signalToNoise(before: Int16Array, after: Int16Array): number {
  let signal = 0
  let noise = 0
  for (let index = 1000; index + 22 < after.length; index += 1) {
    const sample = before[index] ?? 0
    signal += sample ** 2
    noise += (sample - (after[index + 22] ?? 0)) ** 2
  }
  return 10 * Math.log10(signal / noise)
}

describe('G.722', () => {
  it('encodes and decodes bit by bit as an independent implementation does', () => {
    // Digests of what spandsp 0.0.6 gives for the same input. It wraps where the recommendation saturates, so that
    // its decoder is asked for noise 12 dB below full scale.
    const loud = createG722Encoder()(createNoise(0))
    expect(sha256(loud)).toBe('df1d8de47a104f58932a7ffaa6616164dc294b23373206ca18fd9f5f868610fb')
    const quiet = createG722Encoder()(createNoise(2))
    expect(sha256(quiet)).toBe('d52d4b05973704b8d0d4b35d92e0bbab5d3e2af86c5c179a89c9a4817bf5e55b')
    const { wideband } = createG722Decoder()(quiet)
    expect(sha256(wideband)).toBe(
      'cce9464815eac1f7197bafb066247535002a4540c76765fb3274a446f72f1ef9',
    )
  })

  it('keeps a voice 22 dB above what it adds', () => {
    const voice = createVoice()
    const { wideband } = createG722Decoder()(createG722Encoder()(voice))
    expect(signalToNoise(voice, wideband)).toBeGreaterThan(22)
  })

  it('gives the same bytes whatever packets the stream is cut into', () => {
    const voice = createVoice()
    const encode = createG722Encoder()
    const pieces = Array.from({ length: 100 }, (_, index) =>
      encode(voice.subarray(index * 320, (index + 1) * 320)),
    )
    expect(Buffer.concat(pieces).equals(createG722Encoder()(voice))).toBe(true)
  })

  it('carries a tone of 6 kHz, which its narrow half leaves out', () => {
    const { wideband, narrowband } = createG722Decoder()(createG722Encoder()(tone(6000)))
    const power = (pcm: Int16Array) =>
      pcm.reduce((sum, sample) => sum + sample ** 2, 0) / pcm.length
    expect(power(wideband)).toBeGreaterThan(0.8 * power(tone(6000)))
    expect(power(narrowband)).toBeLessThan(0.01 * power(tone(6000)))
  })

  it('has a narrow half that is the voice at 8 kHz', () => {
    const { narrowband } = createG722Decoder()(createG722Encoder()(tone(1000)))
    const peak = narrowband.subarray(400).reduce((most, sample) => Math.max(most, sample), 0)
    expect(peak).toBeGreaterThan(7000)
    expect(peak).toBeLessThan(9000)
  })
})
