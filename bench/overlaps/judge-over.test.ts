import { describe, expect, it } from 'vitest'
import { judgeOver, longestGapMs } from './judge-over.ts'

const packet = (level: number) => new Int16Array(160).fill(level)
const [loud, quiet] = [packet(4000), packet(100)]
/** One packet every 20 ms; silent from `from` to `to`. */
function record(...gaps: readonly (readonly [number, number])[]) {
  return Array.from({ length: 400 }, (_, index) => {
    const at = 1000 + index * 20
    return { at, pcm: gaps.some(([from, to]) => at >= from && at < to) ? quiet : loud }
  })
}
const sound = { fromAt: 4000, toAt: 4400 }
const whole = { said: 22, recorded: 22 }
const evidence = { sound, words: whole, ownGapMs: 100, until: Number.POSITIVE_INFINITY }

describe('judgeOver', () => {
  it('tells when a voice that went down was heard again', () => {
    const received = record([4260, 4640])
    expect(judgeOver({ ...evidence, received })).toEqual({
      ...{ isStopped: false, quietMs: 260, resumedMs: 240 },
    })
  })

  it('takes no gap of the agent’s own for one that the caller made', () => {
    const received = record([4200, 4320])
    expect(judgeOver({ ...evidence, received })).toEqual({ isStopped: false })
    expect(judgeOver({ ...evidence, received, ownGapMs: 20 })?.quietMs).toBe(200)
  })

  it('takes a reply of which words are missing for stopped, though another one follows', () => {
    const received = record([4280, 5400])
    const words = { said: 22, recorded: 9 }
    expect(judgeOver({ ...evidence, received, words })).toEqual({ isStopped: true, quietMs: 280 })
    const until = 5000
    expect(judgeOver({ ...evidence, received, words, until })?.quietMs).toBe(280)
  })

  it('allows for the words at the edges, which a correlation may miss', () => {
    const received = record()
    const words = { said: 22, recorded: 20 }
    expect(judgeOver({ ...evidence, received, words })).toEqual({ isStopped: false })
  })

  it('measures nothing where the agent said nothing', () => {
    const received = record([0, 9000]).map(({ at }) => ({ at, pcm: new Int16Array(160) }))
    expect(judgeOver({ ...evidence, received })).toBeUndefined()
  })
})

describe('longestGapMs', () => {
  it('is the longest silence between sounds, not that around them', () => {
    const parts = [quiet, quiet, quiet, quiet, loud, quiet, quiet, loud, quiet, loud, quiet, quiet]
    const pcm = Int16Array.from(parts.flatMap((part) => [...part]))
    expect(longestGapMs(pcm)).toBe(60)
  })
})
