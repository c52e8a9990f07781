import { createResampler, type PlayedFrame } from '@trunkline/telephony'
import { frameSamples, type Mixer, mixRateHz } from './mixer.ts'

const narrowSamples = frameSamples / 2
/** The resampler holds back its newest samples; so many zeros in front leave a whole frame for every slot. */
const headSamples = 40

/** The room's mix as frames for the wire: 16 kHz as it is for G.722, and 8 kHz for G.711. */
export function createToCaller(mixer: Mixer): () => PlayedFrame {
  const resampler = createResampler({ fromHz: mixRateHz, toHz: 8000 })
  const silence = new Int16Array(frameSamples)
  let held = new Int16Array(headSamples)
  return () => {
    const mix = mixer.next() ?? silence
    const more = resampler.push(mix)
    const joined = new Int16Array(held.length + more.length)
    joined.set(held)
    joined.set(more, held.length)
    held = joined.slice(narrowSamples)
    return { pcm: joined.slice(0, narrowSamples), wideband: () => mix }
  }
}
