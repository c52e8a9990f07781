import { describe, expect, it } from 'vitest'
import { trimLeadingSilence } from './leading-silence.ts'

const sampleRateHz = 8000
const level = (value: number, ms: number) => {
  const samples = new Int16Array((sampleRateHz * ms) / 1000).fill(value)
  return Buffer.from(samples.buffer)
}

async function trim(...chunks: Buffer[]): Promise<Buffer> {
  async function* stream() {
    yield* chunks
  }
  const kept: Uint8Array[] = []
  for await (const chunk of trimLeadingSilence(stream(), { sampleRateHz })) kept.push(chunk)
  return Buffer.concat(kept)
}

describe('trimLeadingSilence', () => {
  const ms = (audio: Buffer) => audio.length / 16

  it('leaves 10 ms before the first sound and everything after it', async () => {
    const trimmed = await trim(level(20, 200), level(3000, 100), level(0, 50))
    expect(ms(trimmed)).toBe(160)
  })

  it('finds the sound however the stream is cut', async () => {
    const whole = Buffer.concat([level(20, 203), level(3000, 100)])
    const pieces = Array.from({ length: Math.ceil(whole.length / 34) }, (_, at) =>
      whole.subarray(at * 34, (at + 1) * 34),
    )
    expect((await trim(...pieces)).equals(await trim(whole))).toBe(true)
    expect(ms(await trim(whole))).toBeLessThan(120)
  })

  it('changes nothing of audio that begins at once, and nothing of silence', async () => {
    expect(ms(await trim(level(3000, 60)))).toBe(60)
    expect(ms(await trim(level(0, 60)))).toBe(60)
  })
})
