import { describe, expect, it } from 'vitest'
import { largestStep } from '../../test/largest-step.ts'
import { frameSamples, toFrames } from './frames.ts'
import { rampSamples } from './ramp.ts'

async function* pieces(bytes: Uint8Array, sizes: readonly number[]) {
  let offset = 0
  for (const size of sizes) {
    yield bytes.subarray(offset, offset + size)
    offset += size
  }
  yield bytes.subarray(offset)
}

async function collect(frames: AsyncIterable<Int16Array>): Promise<Int16Array[]> {
  const all: Int16Array[] = []
  for await (const frame of frames) all.push(frame)
  return all
}

const join = (frames: readonly Int16Array[]) => frames.flatMap((frame) => [...frame])

/** A voice at its loudest would move so much from one sample to the next: 200 Hz at full scale. */
const level = 30_000
const constant = (count: number) => new Uint8Array(new Int16Array(count).fill(level).buffer)

describe('toFrames', () => {
  it('keeps every sample between its edges whatever the pieces, and fills the last frame with silence', async () => {
    const samples = Int16Array.from({ length: 1000 }, (_, index) => index - 500)
    const bytes = new Uint8Array(samples.buffer)
    const frames = await collect(toFrames(pieces(bytes, [1, 7, 960, 3, 0, 500])))
    expect(frames.map(({ length }) => length)).toEqual([frameSamples, frameSamples, frameSamples])
    const joined = join(frames)
    expect(joined.slice(rampSamples, 1000 - rampSamples)).toEqual([
      ...samples.subarray(rampSamples, 1000 - rampSamples),
    ])
    expect(joined.slice(1000).every((sample) => sample === 0)).toBe(true)
  })

  it.each([1, 100, frameSamples - 1, frameSamples, frameSamples + 3, 1000, 2 * frameSamples + 2])(
    'has no click at the edges of %i samples',
    async (count) => {
      const joined = join(await collect(toFrames(pieces(constant(count), []))))
      expect(joined.length).toBe(Math.ceil(count / frameSamples) * frameSamples)
      const short = count < 2 * rampSamples
      if (!short) expect(largestStep([...joined, 0])).toBeLessThan((level * Math.PI) / rampSamples)
      expect(Math.abs(joined[0] ?? 0)).toBeLessThan(10)
    },
  )

  it('ends in silence before it throws what its source throws', async () => {
    async function* broken() {
      yield constant(700)
      throw new Error('cut')
    }
    const frames: Int16Array[] = []
    const reading = async () => {
      for await (const frame of toFrames(broken())) frames.push(frame)
    }
    await expect(reading()).rejects.toThrow('cut')
    const joined = join(frames)
    expect(joined.length).toBe(2 * frameSamples)
    expect(largestStep([...joined, 0])).toBeLessThan((level * Math.PI) / rampSamples)
  })

  it('gives each frame a buffer of its own', async () => {
    const bytes = new Uint8Array(frameSamples * 4)
    const [first, second] = await collect(toFrames(pieces(bytes, [])))
    expect(first?.buffer).not.toBe(second?.buffer)
    expect(first?.buffer.byteLength).toBe(frameSamples * 2)
  })

  it('makes nothing of nothing', async () => {
    expect(await collect(toFrames(pieces(new Uint8Array(0), [])))).toEqual([])
  })
})
