import { describe, expect, it } from 'vitest'
import { createHoldMusic } from './hold-music.ts'
import type { SoundTrack } from './sound-track.ts'

/** A track that takes frames as fast as they come and knows how loud each was. */
function createTrack() {
  const peaks: number[] = []
  let isClosed = false
  const track: SoundTrack = {
    async write(samples) {
      peaks.push(samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0))
      await new Promise(setImmediate)
    },
    playedOut: async () => {},
    async close() {
      isClosed = true
    },
  }
  return { track, peaks, isClosed: () => isClosed }
}
const onError = (error: unknown) => {
  throw error
}
const until = async (isTrue: () => boolean) => {
  while (!isTrue()) await new Promise(setImmediate)
}
const loudest = (peaks: readonly number[]) => Math.max(...peaks)

describe('hold music', () => {
  it('begins softly, plays on past its end, fades out and takes its track away', async () => {
    const { track, peaks, isClosed } = createTrack()
    const music = createHoldMusic({ publish: async () => track, onError })
    await music.start()
    await music.start()
    await until(() => peaks.length > 1200) // more than one round
    expect(peaks[0]).toBeLessThan(loudest(peaks) / 2)
    const before = peaks.length
    await music.stop()
    expect(peaks.length - before).toBeGreaterThan(5)
    expect(peaks.at(-1)).toBeLessThan(loudest(peaks) / 10)
    expect(isClosed()).toBe(true)
  })

  it('is soft while something is said', async () => {
    const { track, peaks } = createTrack()
    const music = createHoldMusic({ publish: async () => track, onError })
    await music.start()
    await until(() => peaks.length > 300)
    music.soften(true)
    await until(() => peaks.length > 700)
    const spoken = loudest(peaks.slice(350))
    expect(spoken).toBeLessThan(loudest(peaks.slice(0, 300)) / 4)
    expect(spoken).toBeGreaterThan(0)
    await music.stop()
  })

  it('can be started again after it was stopped', async () => {
    let published = 0
    const music = createHoldMusic({
      async publish() {
        published += 1
        return createTrack().track
      },
      onError,
    })
    await music.start()
    await music.stop()
    await music.start()
    await music.stop()
    expect(published).toBe(2)
  })
})
