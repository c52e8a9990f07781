import { createResampler, type ReceivedAudio } from '@trunkline/telephony'
import { createFrameCutter } from './frame-cutter.ts'
import { frameSamples, mixRateHz } from './mixer.ts'

/** The caller's packets, of whatever length, as frames of 20 ms at 16 kHz. */
export function createFromCaller(): (audio: ReceivedAudio) => readonly Int16Array[] {
  const resampler = createResampler({ fromHz: 8000, toHz: mixRateHz })
  const cut = createFrameCutter(frameSamples)
  return ({ pcm, wideband }) => cut(wideband ?? resampler.push(pcm))
}
