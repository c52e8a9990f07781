/** About −50 dB below full scale: under the weakest fricative of these voices, above their noise. */
const threshold = 100
const frameMs = 5
/** Kept before the first sound: an onset begins softer than it goes on. */
const keptMs = 40

export interface SilenceTrimmer {
  push(pcm: Int16Array): Int16Array
}

/** Removes the silence a voice begins with, but for what belongs to its first sound. */
export function createSilenceTrimmer({ sampleRateHz }: { sampleRateHz: number }): SilenceTrimmer {
  const frameSamples = Math.round((sampleRateHz * frameMs) / 1_000)
  const keptSamples = Math.round((sampleRateHz * keptMs) / 1_000)
  let held: Int16Array | undefined = new Int16Array()
  return {
    push(pcm) {
      if (!held) return pcm
      const joined = new Int16Array(held.length + pcm.length)
      joined.set(held)
      joined.set(pcm, held.length)
      const onset = findOnset(joined, frameSamples)
      if (onset === undefined) {
        held = joined.slice(Math.max(0, joined.length - keptSamples - frameSamples))
        return new Int16Array()
      }
      held = undefined
      return joined.subarray(Math.max(0, onset - keptSamples))
    },
  }
}

function findOnset(pcm: Int16Array, frameSamples: number): number | undefined {
  for (let start = 0; start + frameSamples <= pcm.length; start += frameSamples) {
    let energy = 0
    for (let index = start; index < start + frameSamples; index += 1)
      energy += (pcm[index] ?? 0) ** 2
    if (energy / frameSamples > threshold ** 2) return start
  }
  return undefined
}
