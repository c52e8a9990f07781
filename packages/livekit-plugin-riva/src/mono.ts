import type { AudioFrame } from '@livekit/rtc-node'

/** The samples of a frame as one channel; of several channels, their mean. */
export function toMono({ data, channels, samplesPerChannel }: AudioFrame): Int16Array {
  if (channels === 1) return data.subarray(0, samplesPerChannel)
  const mono = new Int16Array(samplesPerChannel)
  for (let index = 0; index < samplesPerChannel; index += 1) {
    let sum = 0
    for (let channel = 0; channel < channels; channel += 1) {
      sum += data[index * channels + channel] ?? 0
    }
    mono[index] = Math.round(sum / channels)
  }
  return mono
}
