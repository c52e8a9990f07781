import { inBackground } from '@trunkline/runtime'
import { frameSamples } from '../speaking/frames.ts'
import { composeHoldTune } from './hold-tune.ts'
import type { SoundTrack } from './sound-track.ts'

/** What a caller hears who has been asked to wait. */
export interface HoldMusic {
  /** Resolves when it is on its way to the caller; starting it twice is once. @throws when the room takes no track */
  start(): Promise<void>
  /** Fades it out; resolves when it is over. */
  stop(): Promise<void>
  /** Soft while something is said over it. */
  soften(isSoft: boolean): void
}

export interface HoldMusicDeps {
  readonly publish: () => Promise<SoundTrack>
  readonly onError: (error: unknown) => void
}

const soft = 0.15
/** Of the way to the wanted loudness, per frame of 20 ms: a fade takes about 300 ms. */
const fade = 0.2
const inaudible = 0.01

export function createHoldMusic({ publish, onError }: HoldMusicDeps): HoldMusic {
  let playing: { isWanted: boolean; readonly over: Promise<void> } | undefined
  let isSoft = false

  const play = async (track: SoundTrack, isWanted: () => boolean) => {
    const tune = composeHoldTune()
    let gain = 0
    for (let at = 0; ; at = (at + frameSamples) % tune.length) {
      const goal = isWanted() ? (isSoft ? soft : 1) : 0
      const before = gain
      gain += (goal - gain) * fade
      if (goal === 0 && gain < inaudible) break
      const frame = new Int16Array(frameSamples)
      for (let index = 0; index < frameSamples; index += 1) {
        const level = before + ((gain - before) * index) / frameSamples
        frame[index] = Math.round((tune[(at + index) % tune.length] ?? 0) * level)
      }
      await track.write(frame)
    }
    await track.playedOut()
    await track.close()
  }

  return {
    async start() {
      if (playing?.isWanted) return
      await playing?.over
      const track = await publish()
      const state = { isWanted: true }
      const over = play(track, () => state.isWanted)
      inBackground(over, { onError })
      playing = Object.assign(state, { over: over.catch(() => {}) }) // told above
    },
    async stop() {
      if (!playing) return
      playing.isWanted = false
      await playing.over
      playing = undefined
    },
    soften(wanted) {
      isSoft = wanted
    },
  }
}
