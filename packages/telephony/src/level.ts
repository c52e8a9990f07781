/**
 * Level above which audio counts as voiced, on both directions of a line, so that a gap between them is measured by
 * one rule. Line noise and codec silence lie below −60 dBFS, the quietest speech sounds around −40.
 */
export const voicedDbfs = -45

/** RMS level in dB relative to full scale; −Infinity for digital silence or no samples. */
export function levelDbfs(pcm: Int16Array): number {
  let sum = 0
  for (let index = 0; index < pcm.length; index += 1) sum += (pcm[index] ?? 0) ** 2
  return pcm.length === 0 || sum === 0
    ? Number.NEGATIVE_INFINITY
    : 10 * Math.log10(sum / pcm.length / 32768 ** 2)
}

/** Samples of 5 ms at 8 kHz: short enough that the beginning of a word is not averaged away. */
const windowSamples = 40

/** Whether any 5 ms of 8 kHz audio reach the level. */
export function isVoiced(pcm: Int16Array, thresholdDbfs = voicedDbfs): boolean {
  for (let start = 0; start < pcm.length; start += windowSamples) {
    if (levelDbfs(pcm.subarray(start, start + windowSamples)) >= thresholdDbfs) return true
  }
  return false
}
