import type { EngineVoice, TtsEngine } from './engines/engine.ts'
import { chooseVoice, type VoiceWish } from './voice.ts'

export interface VoiceList {
  all(signal: AbortSignal): Promise<readonly EngineVoice[]>
  /** @throws {TtsError} `unknown-voice`, or `unavailable` when the engine was never reachable */
  choose(wish: VoiceWish, signal: AbortSignal): Promise<EngineVoice>
}

/** An engine's voices change only with its deployment; asking it for every sentence would cost a round trip. */
const freshMs = 60_000

/** Asks the engine at most once a minute and keeps the last answer while it is away. */
export function createVoiceList(engine: TtsEngine, { now }: { now: () => number }): VoiceList {
  let known: readonly EngineVoice[] = []
  let askedAt = Number.NEGATIVE_INFINITY
  const all = async (signal: AbortSignal) => {
    if (known.length > 0 && now() - askedAt < freshMs) return known
    try {
      known = await engine.voices({ signal })
      askedAt = now()
    } catch (error) {
      signal.throwIfAborted()
      if (known.length === 0) throw error
      askedAt = now()
    }
    return known
  }
  return {
    all,
    choose: async (wish, signal) => chooseVoice(await all(signal), wish),
  }
}
