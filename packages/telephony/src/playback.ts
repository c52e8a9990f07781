import { isVoiced } from './level.ts'
import { resample } from './resample.ts'

/** What became of one `play`; times are those of packets leaving, epoch milliseconds. */
export interface Playback {
  readonly startedAt: number
  readonly endedAt: number
  readonly firstVoicedAt: number | undefined
  readonly lastVoicedAt: number | undefined
  /** At 8 kHz, whatever was handed over. */
  readonly sentSamples: number
  /** False when it was stopped by its signal. */
  readonly isComplete: boolean
}

/** Rates that audio can be handed over at; the codec of the call decides what of it leaves. */
export type PlayRateHz = 8000 | 16000

export interface PlayOptions {
  /** 8000 by default. */
  readonly sampleRateHz?: PlayRateHz
  readonly signal?: AbortSignal
}

/** The audio of one packet of 20 ms, for whichever codec the call has. */
export interface PlayedFrame {
  /** 160 samples at 8 kHz. */
  readonly pcm: Int16Array
  /** The same at 16 kHz: 320 samples. */
  wideband(): Int16Array
}

/** Samples in 20 ms at 8 kHz. */
const frameSamples = 160

/** Audio to be played, cut into frames while it leaves. */
export function createPlayback(audio: Int16Array, sampleRateHz: PlayRateHz) {
  const convert = (toHz: PlayRateHz) => resample(audio, { fromHz: sampleRateHz, toHz })
  const narrow = sampleRateHz === 8000 ? audio : convert(8000)
  let wide: Int16Array | undefined
  let sentSamples = 0
  const times: { [Name in 'started' | 'ended' | 'firstVoiced' | 'lastVoiced']?: number } = {}
  return {
    next(at: number): PlayedFrame | undefined {
      if (sentSamples >= narrow.length) return undefined
      const start = sentSamples
      sentSamples = Math.min(narrow.length, start + frameSamples)
      const pcm = cut(narrow, start, frameSamples)
      times.started ??= at
      times.ended = at
      if (isVoiced(pcm)) {
        times.firstVoiced ??= at
        times.lastVoiced = at
      }
      const wideband = () => {
        wide ??= convert(16000)
        return cut(wide, 2 * start, 2 * frameSamples)
      }
      return { pcm, wideband }
    },
    outcome: (isComplete: boolean): Playback => ({
      startedAt: times.started ?? 0,
      endedAt: times.ended ?? 0,
      firstVoicedAt: times.firstVoiced,
      lastVoicedAt: times.lastVoiced,
      sentSamples,
      isComplete,
    }),
  }
}

/** `length` samples from `start`, silence after the end. */
function cut(pcm: Int16Array, start: number, length: number): Int16Array {
  const frame = pcm.subarray(start, start + length)
  if (frame.length === length) return frame
  const padded = new Int16Array(length)
  padded.set(frame)
  return padded
}
