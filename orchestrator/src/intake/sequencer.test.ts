import { describe, expect, it } from 'vitest'
import { createSequencer } from './sequencer.ts'

function create({ next }: { next?: number } = {}) {
  let time = 0
  const disorder: string[] = []
  const sequencer = createSequencer<string>({
    ...{ gapMs: 1000, now: () => time, onDisorder: (what) => disorder.push(what) },
    ...(next === undefined ? {} : { next }),
  })
  return { sequencer, disorder, wait: (ms: number) => (time += ms) }
}

describe('createSequencer', () => {
  it('puts what comes out of order in order', () => {
    const { sequencer, disorder } = create()
    for (const sequence of [2, 4, 3, 1]) sequencer.add(`e${sequence}`, sequence)
    expect(sequencer.take()).toEqual(['e1', 'e2', 'e3', 'e4'])
    expect(disorder).toEqual([])
  })

  it('waits for a gap, then goes on without it and says so', () => {
    const { sequencer, disorder, wait } = create()
    sequencer.add('e1', 1)
    sequencer.add('e3', 3)
    expect(sequencer.take()).toEqual(['e1'])
    expect(sequencer.waitMs).toBe(1000)
    wait(999)
    expect(sequencer.take()).toEqual([])
    wait(1)
    expect(sequencer.take()).toEqual(['e3'])
    expect(sequencer.waitMs).toBeUndefined()
    expect(disorder).toEqual(['gap'])
  })

  it('does not throw away what comes after it was given up', () => {
    const { sequencer, disorder } = create({ next: 5 })
    sequencer.add('e2', 2)
    sequencer.add('e5', 5)
    expect(sequencer.take()).toEqual(['e2', 'e5'])
    expect(disorder).toEqual(['late'])
  })

  it('lets events without a sequence pass a gap', () => {
    const { sequencer } = create()
    sequencer.add('e2', 2)
    sequencer.add('unnumbered', undefined)
    expect(sequencer.take()).toEqual(['unnumbered'])
  })

  it('gives up several gaps one after the other', () => {
    const { sequencer, wait } = create()
    sequencer.add('e3', 3)
    wait(600)
    sequencer.add('e7', 7)
    wait(400)
    expect(sequencer.take()).toEqual(['e3'])
    wait(600)
    expect(sequencer.take()).toEqual(['e7'])
  })
})
