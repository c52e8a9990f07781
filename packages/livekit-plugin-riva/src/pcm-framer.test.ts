import { expect, it } from 'vitest'
import { PcmFramer } from './pcm-framer.ts'

it.each([1, 3, 7, 64, 1000])('cuts even frames out of pieces of %i bytes', (pieceBytes) => {
  const samples = Int16Array.from({ length: 105 }, (_, index) => index * 300 - 15_000)
  const bytes = new Uint8Array(samples.buffer)
  const framer = new PcmFramer({ sampleRateHz: 1000, frameMs: 20 })
  const frames: Int16Array[] = []
  for (let from = 0; from < bytes.length; from += pieceBytes) {
    frames.push(...framer.push(bytes.subarray(from, from + pieceBytes)))
  }
  const rest = framer.flush()
  expect(frames.map((frame) => frame.length)).toEqual([20, 20, 20, 20, 20])
  expect([...frames.flatMap((frame) => [...frame]), ...(rest ?? [])]).toEqual([...samples])
  expect(framer.flush()).toBeUndefined()
})

it('drops half a sample', () => {
  const framer = new PcmFramer({ sampleRateHz: 1000, frameMs: 20 })
  expect([...framer.push(new Uint8Array(1))]).toEqual([])
  expect(framer.flush()).toBeUndefined()
})
