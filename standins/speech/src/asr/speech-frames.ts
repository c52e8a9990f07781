import { resample } from '@trunkline/telephony'

/** What of a frame survives µ-law, Opus and a resampler: its level in dB in three bands. */
export type Frame = readonly [low: number, middle: number, high: number]

export interface SpeechFrames {
  /** From the first loud frame to the last. */
  readonly frames: readonly Frame[]
  /** Frames before the first loud one. */
  readonly skipped: number
  /** Inner pauses, as frames of the trimmed part. */
  readonly pauses: readonly { readonly from: number; readonly to: number }[]
}

const frameMs = 20
const rateHz = 8000
const frameSamples = (rateHz * frameMs) / 1000
/** One-pole filters; as shares of a sample. */
const [lowPole, highPole] = [0.45, 0.9]
const floorDb = -55
/** Below the loudest frame, a frame is silent. */
const quietDb = 32
const shortestPauseFrames = 5

/** Levels of 16-bit speech of any rate, trimmed to what is loud; undefined when nothing is. */
export function toSpeechFrames(
  pcm: Int16Array,
  { sampleRateHz }: { sampleRateHz: number },
): SpeechFrames | undefined {
  const all = readFrames(resample(pcm, { fromHz: sampleRateHz, toHz: rateHz }))
  const levels = all.map((frame) => Math.max(...frame))
  const loudest = levels.reduce((max, level) => Math.max(max, level), floorDb)
  if (loudest <= floorDb + quietDb / 2) return undefined
  const isLoud = (level: number) => level > Math.max(floorDb, loudest - quietDb)
  const first = levels.findIndex(isLoud)
  const last = levels.findLastIndex(isLoud)
  const loud = levels.slice(first, last + 1).map(isLoud)
  return { frames: all.slice(first, last + 1), skipped: first, pauses: findPauses(loud) }
}

function readFrames(pcm: Int16Array): Frame[] {
  const frames: Frame[] = []
  let slow = 0
  let fast = 0
  for (let from = 0; from + frameSamples <= pcm.length; from += frameSamples) {
    let [low, middle, high] = [0, 0, 0]
    for (let index = from; index < from + frameSamples; index += 1) {
      const sample = (pcm[index] ?? 0) / 32_768
      slow += (1 - highPole) * (sample - slow)
      fast += lowPole * (sample - fast)
      low += slow ** 2
      middle += (fast - slow) ** 2
      high += (sample - fast) ** 2
    }
    frames.push([toDb(low), toDb(middle), toDb(high)])
  }
  return frames
}

function toDb(energy: number): number {
  return Math.max(floorDb, 10 * Math.log10(energy / frameSamples + 1e-12))
}

function findPauses(loud: readonly boolean[]): { from: number; to: number }[] {
  const pauses: { from: number; to: number }[] = []
  let from: number | undefined
  for (const [index, isLoud] of loud.entries()) {
    if (!isLoud) from ??= index
    else if (from !== undefined) {
      if (index - from >= shortestPauseFrames) pauses.push({ from, to: index })
      from = undefined
    }
  }
  return pauses
}
