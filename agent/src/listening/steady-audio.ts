import { hearingRateHz } from './caller-track.ts'

/**
 * Frames come every 10 ms; a longer gap is a caller who is muted, on hold, or whose track has ended. A shorter one is a
 * busy machine: silence in it would stand in the middle of a word when the audio comes after all.
 */
const quietMs = 400
const tickMs = 40
/** A process that slept for longer does not make up for it: nobody needs that much silence. */
const longestFillMs = 1000

export interface SteadyAudio {
  /** Audio from the caller. */
  push(samples: Int16Array): void
  close(): void
}

export interface SteadyAudioOptions {
  /** All of it, in order: `isSilence` for what was put in the place of audio that did not come. */
  readonly onAudio: (samples: Int16Array, options: { isSilence: boolean }) => void
  /** Monotonic milliseconds. */
  readonly now?: () => number
}

/**
 * Audio that never stops: where none comes, silence is put, so that a pause is heard as one by the VAD, and the
 * recogniser, which Riva ends after 60 s without audio, stays.
 */
export function createSteadyAudio(options: SteadyAudioOptions): SteadyAudio {
  const { onAudio, now = () => performance.now() } = options
  let heardUpTo = now()
  let isQuiet = false
  const fill = () => {
    const missingMs = now() - heardUpTo
    if (missingMs < (isQuiet ? tickMs : quietMs)) return
    isQuiet = true
    heardUpTo = now()
    const ms = Math.min(missingMs, longestFillMs)
    onAudio(new Int16Array(Math.round((ms * hearingRateHz) / 1000)), { isSilence: true })
  }
  const timer = setInterval(fill, tickMs)
  return {
    push(samples) {
      isQuiet = false
      heardUpTo = now()
      onAudio(samples, { isSilence: false })
    },
    close: () => clearInterval(timer),
  }
}
