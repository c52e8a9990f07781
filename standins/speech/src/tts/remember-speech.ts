import { concatPcm } from '@trunkline/telephony'
import type { KnownSpeech } from '../asr/known-speech.ts'
import type { Speech } from './flite.ts'
import type { Synthesis } from './synthesis.ts'

/** As many as are recognised. */
const mostKept = 300

/**
 * A synthesis all of whose speech is recognised when it comes back, and which says again what it has said without
 * making it anew. What was not spoken to its end is neither.
 */
export function rememberSpeech(synthesis: Synthesis, known: KnownSpeech): Synthesis {
  const kept = new Map<string, readonly Speech[]>()
  const keep = (key: string, pieces: readonly Speech[]) => {
    kept.delete(key)
    kept.set(key, pieces)
    const [oldest] = kept.keys()
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
  }
  return {
    voices: synthesis.voices,
    get isAlive() {
      return synthesis.isAlive
    },
    ready: () => synthesis.ready(),
    close: () => synthesis.close(),
    async *stream(request, options) {
      const key = JSON.stringify(request)
      const before = kept.get(key)
      if (before) {
        keep(key, before)
        yield* before.map(copy)
        return
      }
      const pieces: Speech[] = []
      for await (const speech of synthesis.stream(request, options)) {
        pieces.push(copy(speech))
        yield speech
      }
      const [first] = pieces
      if (!first) return
      keep(key, pieces)
      const pcm = concatPcm(pieces.map((piece) => piece.pcm))
      known.remember(request.text, pcm, { sampleRateHz: first.sampleRateHz })
    },
  }
}

/** Whoever is given a piece may change it. */
function copy(speech: Speech): Speech {
  return { ...speech, pcm: speech.pcm.slice() }
}
