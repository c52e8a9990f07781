import { describe, expect, it } from 'vitest'
import { frameSamples, toFrames } from './frames.ts'

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

describe('toFrames', () => {
  it('keeps every sample whatever the pieces, and fills the last frame with silence', async () => {
    const samples = Int16Array.from({ length: 1000 }, (_, index) => index - 500)
    const bytes = new Uint8Array(samples.buffer)
    const frames = await collect(toFrames(pieces(bytes, [1, 7, 960, 3, 0, 500])))
    expect(frames.map(({ length }) => length)).toEqual([frameSamples, frameSamples, frameSamples])
    const joined = frames.flatMap((frame) => [...frame])
    expect(joined.slice(0, 1000)).toEqual([...samples])
    expect(joined.slice(1000).every((sample) => sample === 0)).toBe(true)
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
