import { concatPcm } from '@trunkline/telephony'
import type { KnownSpeech } from '../asr/known-speech.ts'
import type { Synthesis } from './synthesis.ts'

/** A synthesis all of whose speech is recognised when it comes back. What was not spoken to its end is not. */
export function rememberSpeech(synthesis: Synthesis, known: KnownSpeech): Synthesis {
  return {
    voices: synthesis.voices,
    get isAlive() {
      return synthesis.isAlive
    },
    ready: () => synthesis.ready(),
    close: () => synthesis.close(),
    async *stream(request, options) {
      const pieces: Int16Array[] = []
      let rateHz = 0
      for await (const speech of synthesis.stream(request, options)) {
        pieces.push(speech.pcm.slice())
        rateHz = speech.sampleRateHz
        yield speech
      }
      if (rateHz > 0) known.remember(request.text, concatPcm(pieces), { sampleRateHz: rateHz })
    },
  }
}
