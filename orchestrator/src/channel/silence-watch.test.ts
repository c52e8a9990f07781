import { describe, expect, it } from 'vitest'
import { createSilenceWatch } from './silence-watch.ts'

const create = () => createSilenceWatch({ intervalMs: 500, timeoutMs: 3000 })

describe('createSilenceWatch', () => {
  it('finds a peer dead after three seconds without a sound', () => {
    const watch = create()
    const ticks = [0, 500, 1000, 1500, 2000, 2500, 3000].map((now) => watch.tick(now))
    expect(ticks.indexOf('dead')).toBe(6)
  })

  it('begins anew with every sound', () => {
    const watch = create()
    for (const now of [0, 500, 1000, 1500, 2000, 2500]) watch.tick(now)
    watch.heard()
    expect(watch.tick(3000)).toBe('alive')
  })

  it('does not blame the peer for the time in which our own loop stalled', () => {
    const watch = create()
    watch.tick(0)
    expect(watch.tick(20_000)).toBe('alive')
  })
})
