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
  const { curves, overMisheard } = measure(corpus, { delaysMs: [300], signal })
  const [ours] = curves.ours
  const [asSpoken] = overMisheard

  it('takes no more pauses for the end of a turn, and is no slower', () => {
    expect(ours).toMatchObject({ pauses: 33, turns: 30, undecided: 0 })
    expect(ours?.cutOffs).toBeLessThanOrEqual(3)
    expect(ours?.meanDecidedMs).toBeLessThanOrEqual(1100)
  })

  it('does better than the model and the VAD by themselves', () => {
    expect(ours?.cutOffs).toBeLessThan(Number(curves.model[0]?.cutOffs))
    expect(ours?.cutOffs).toBeLessThan(Number(curves.vad[0]?.cutOffs))
  })

  it('is not stopped by backchannels, noise and echo, and goes on within 400 ms', () => {
    expect(asSpoken?.notMeant).toMatchObject({ cases: 19, stopped: 0 })
    expect(asSpoken?.notMeant.resumedInTime).toBe(asSpoken?.notMeant.resumed)
  })

  it('is stopped by every word that means it, and comes down within 160 ms', () => {
    expect(asSpoken?.meant).toMatchObject({ cases: 10, ducked: 10, stopped: 10 })
    expect(asSpoken?.meant.duckedMs?.max).toBeLessThanOrEqual(160)
  })
})
