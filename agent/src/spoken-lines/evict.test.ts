import { describe, expect, it } from 'vitest'
import { toEvict } from './evict.ts'

const hourMs = 3600_000
const file = (name: string, bytes: number, usedAt: number) => ({ name, bytes, usedAt })

describe('toEvict', () => {
  it('takes what was not used for longest until the rest fits', () => {
    const files = [file('new', 40, 3), file('old', 40, 1), file('middle', 40, 2)]
    expect(toEvict(files, { maxBytes: 80, now: 4 })).toEqual(['old'])
    expect(toEvict(files, { maxBytes: 79, now: 4 })).toEqual(['old', 'middle'])
    expect(toEvict(files, { maxBytes: 120, now: 4 })).toEqual([])
  })

  it('takes what a dead process was writing, and nothing that is being written', () => {
    const files = [file('a.part', 10, 0), file('b.part', 10, hourMs)]
    expect(toEvict(files, { maxBytes: 0, now: hourMs + 1 })).toEqual(['a.part'])
  })
})
