import { withSignals } from '@trunkline/runtime'
import type { SpokenText, Synthesizer } from './synthesizer.ts'

/** A number is read aloud in every language; nobody hears it. */
const text = '1'
/** A voice that takes longer for it is none. */
const timeoutMs = 1500

/**
 * Whether the voice of a sentence can say anything at all. What is kept, on disk or in the tts-router, says nothing of
 * that. @throws the reason of `signal`
 */
export async function hasVoice(
  synthesizer: Pick<Synthesizer, 'synthesize'>,
  { language, voice }: Pick<SpokenText, 'language' | 'voice'>,
  { signal }: { signal: AbortSignal },
): Promise<boolean> {
  try {
    return await withSignals([signal], { timeoutMs }, async (either) => {
      const spoken = { text, language, voice, cache: false }
      const { cached, pcm } = await synthesizer.synthesize(spoken, { signal: either })
      // To its end, which lets go of the connection.
      let bytes = 0
      for await (const piece of pcm) bytes += piece.byteLength
      return !cached && bytes > 0
    })
  } catch {
    signal.throwIfAborted()
    return false // whatever it was, nothing was said
  }
}
