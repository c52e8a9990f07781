import type { Synthesizer } from '../speaking/synthesizer.ts'
import type { SpokenLines } from './spoken-lines.ts'

/**
 * Takes audio from disk before it asks the tts-router: the words of a line that are always the same then need none. What
 * may hold a caller's words (`cache` false) is never looked for.
 */
export function fromDiskFirst(
  synthesizer: Synthesizer,
  { lines }: { lines: Pick<SpokenLines, 'read'> },
): Synthesizer {
  return {
    async synthesize(spoken, options) {
      if (!spoken.cache) return synthesizer.synthesize(spoken, options)
      const startedAt = performance.now()
      const { text, language, voice } = spoken
      const kept = await lines.read({ text, language, voice })
      options.signal.throwIfAborted()
      if (!kept) return synthesizer.synthesize(spoken, options)
      return { firstByteMs: performance.now() - startedAt, cached: true, pcm: whole(kept) }
    },
    close: () => synthesizer.close(),
  }
}

async function* whole(pcm: Uint8Array): AsyncGenerator<Uint8Array> {
  yield pcm
}
