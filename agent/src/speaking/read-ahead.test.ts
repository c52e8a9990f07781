import { describe, expect, it } from 'vitest'
import { readAhead } from './read-ahead.ts'

const piece = (byte: number) => Uint8Array.of(byte, byte)

describe('readAhead', () => {
  it('takes what comes before it is asked for, up to its bound', async () => {
    let taken = 0
    async function* source() {
      for (let index = 0; index < 10; index += 1) {
        taken += 1
        yield piece(index)
      }
    }
    const ahead = readAhead(source(), { maxBytes: 6 })
    await new Promise(setImmediate)
    expect(taken).toBe(3)
    expect(ahead.complete).toBe(false)
    const all: (number | undefined)[] = []
    for await (const [byte] of ahead) all.push(byte)
    expect(all).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(ahead).toMatchObject({ bytes: 20, complete: true })
  })

  it('throws what the source throws, after what came before', async () => {
    async function* source() {
      yield piece(1)
      throw new Error('cut')
    }
    const got: number[] = []
    const read = async () => {
      for await (const [byte] of readAhead(source(), { maxBytes: 100 })) got.push(byte ?? -1)
    }
    await expect(read()).rejects.toThrow('cut')
    expect(got).toEqual([1])
  })

  it('closes the source when its consumer leaves', async () => {
    let closed = false
    async function* source() {
      try {
        for (;;) yield piece(1)
      } finally {
        closed = true
      }
    }
    for await (const _ of readAhead(source(), { maxBytes: 4 })) break
    await new Promise(setImmediate)
    expect(closed).toBe(true)
  })
})
