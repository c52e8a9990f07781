import { describe, expect, it } from 'vitest'
import { measure } from './figures.ts'
import { readFixture } from './fixture.ts'

/**
 * A sample of the corpus, one case of each kind and language. The bounds are what the decision reaches on it: worse is
 * a regression, and better moves the bound. `bench turn-taking --set tuning --write-fixture` makes it anew.
 */
describe('the decision on recorded voices', async () => {
  const corpus = await readFixture()
  const { signal } = new AbortController()
  const { curves, overMisheard, speculations } = measure(corpus, { delaysMs: [300, 600], signal })
  const [quick, patient] = curves.ours
  const [asSpoken] = overMisheard

  it('takes no more pauses for the end of a turn, and is no slower', () => {
    expect(quick).toMatchObject({ pauses: 33, turns: 30, undecided: 0 })
    expect(quick?.cutOffs).toBeLessThanOrEqual(3)
    expect(quick?.meanDecidedMs).toBeLessThanOrEqual(930)
    expect(patient?.cutOffs).toBe(0)
    expect(patient?.meanDecidedMs).toBeLessThanOrEqual(1240)
  })

  it('does better than the model and the VAD by themselves, which are given more time', () => {
    const [model] = curves.model
    const [, vad] = curves.vad
    expect(quick?.cutOffs).toBeLessThan(Number(model?.cutOffs) / 2)
    expect(quick?.meanDecidedMs).toBeLessThan(Number(model?.meanDecidedMs))
    expect(quick?.cutOffs).toBeLessThan(Number(vad?.cutOffs) / 2)
  })

  it('sends most turns before they are certain, and few of them in vain', () => {
    expect(speculations.confirmed).toBeGreaterThanOrEqual(18)
    expect(speculations.dropped + speculations.superseded).toBeLessThanOrEqual(2)
  })

  it('is not stopped by backchannels, noise and echo, and goes on within 400 ms', () => {
    expect(asSpoken?.notMeant).toMatchObject({ cases: 19, stopped: 0, resumed: 8 })
    expect(asSpoken?.notMeant.resumedInTime).toBe(8)
  })

  it('is stopped by every word that means it, and comes down within 160 ms', () => {
    expect(asSpoken?.meant).toMatchObject({ cases: 10, ducked: 10, stopped: 10 })
    expect(asSpoken?.meant.duckedMs?.max).toBeLessThanOrEqual(160)
  })
})
