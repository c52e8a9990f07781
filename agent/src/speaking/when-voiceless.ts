import { setTimeout as sleep } from 'node:timers/promises'
import { SpeechError } from '../errors.ts'
import { hasVoice } from './has-voice.ts'
import type { Synthesis, Synthesizer } from './synthesizer.ts'

export interface WhenVoicelessOptions {
  /** What is said in front of a sentence that takes long: s16le PCM at `speechSampleRateHz`, undefined for nothing. */
  readonly bridging: () => Promise<Uint8Array | undefined>
  /** Called once, when no sentence has had a voice for `giveUpMs`. */
  readonly onVoiceless: () => void
  readonly bridgeAfterMs?: number
  /** So long a sentence is asked for that has no voice although there is one. */
  readonly aloneAfterMs?: number
  readonly giveUpMs?: number
  readonly retryMs?: number
}

/**
 * Goes on asking for a sentence while the tts-router is away, where the synthesizer itself tries twice. Until it comes
 * the caller hears `bridging`, in the sentence's place, once for each time that the voice is away. A sentence that gets no
 * voice while others get one is given up alone, as one that is refused; where there are no others, the voice is asked for
 * a word of ours.
 */
export function createWhenVoiceless(
  synthesizer: Synthesizer,
  options: WhenVoicelessOptions,
): Synthesizer {
  const { bridging, onVoiceless } = options
  const { bridgeAfterMs = 1500, aloneAfterMs = 4000, giveUpMs = 10_000, retryMs = 500 } = options
  let isBridged = false
  let isGivenUp = false
  let voicedAt = Number.NEGATIVE_INFINITY

  const insist: Synthesizer['synthesize'] = async (spoken, { signal }) => {
    const startedAt = performance.now()
    let isVoiceAsked = false
    for (;;) {
      const attemptedAt = performance.now()
      try {
        const synthesis = await synthesizer.synthesize(spoken, { signal })
        isBridged = false
        // What was kept, on disk or in the tts-router, says nothing of the voice.
        if (!synthesis.cached) voicedAt = performance.now()
        return synthesis
      } catch (error) {
        signal.throwIfAborted()
        if (!(error instanceof SpeechError) || !error.retryable) throw error
        const passedMs = performance.now() - startedAt
        const isLast = passedMs + retryMs > giveUpMs
        const isLong = passedMs >= aloneAfterMs
        const isOthers = voicedAt > startedAt
        // Asked for once more with a voice that was known to be there.
        if (isOthers && (isLast || (isLong && voicedAt < attemptedAt))) {
          isBridged = false
          throw error
        }
        if (isLast || (isLong && !isVoiceAsked)) {
          isVoiceAsked = true
          if (await hasVoice(synthesizer, spoken, { signal })) {
            voicedAt = performance.now()
            continue
          }
        }
        if (isLast) {
          if (!isGivenUp) onVoiceless()
          isGivenUp = true
          throw error
        }
        await sleep(retryMs, undefined, { signal })
      }
    }
  }
  return {
    async synthesize(spoken, { signal }) {
      const startedAt = performance.now()
      const coming = insist(spoken, { signal })
      if (!(await isLate(coming, bridgeAfterMs)) || isBridged) return coming
      isBridged = true
      const words = await bridging()
      if (!words) return coming
      const pcm = inFrontOf(words, coming)
      const firstByteMs = performance.now() - startedAt
      return { firstByteMs, cached: false, pcm, leadBytes: words.byteLength }
    },
    close: () => synthesizer.close(),
  }
}

async function isLate(coming: Promise<unknown>, ms: number): Promise<boolean> {
  const timer = new AbortController()
  const late = sleep(ms, true, { signal: timer.signal }).catch(() => false)
  const settled = coming.then(
    () => false,
    () => false,
  )
  const result = await Promise.race([settled, late])
  timer.abort()
  return result
}

async function* inFrontOf(
  words: Uint8Array,
  coming: Promise<Synthesis>,
): AsyncGenerator<Uint8Array> {
  coming.catch(() => {}) // told below, if anybody still listens
  yield words
  yield* (await coming).pcm
}
