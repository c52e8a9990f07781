import type { SynthesizeRequest } from '@trunkline/contracts'
import { joinSignals } from '@trunkline/runtime'
import type { AudioCache } from './audio-cache.ts'
import { cacheKey } from './cache-key.ts'
import type { Pcm, TtsEngine } from './engines/engine.ts'
import { toTtsError } from './errors.ts'
import { trimLeadingSilence } from './leading-silence.ts'
import type { Metrics } from './metrics.ts'
import type { VoiceList } from './voice-list.ts'

export interface Synthesis {
  readonly engine: string
  readonly cached: boolean
  readonly sampleRateHz: number
  /** Starts with the first chunk already at hand. */
  readonly audio: AsyncIterable<Pcm>
}

export interface SynthesizerDeps {
  readonly engine: TtsEngine
  readonly voices: VoiceList
  readonly cache: AudioCache
  readonly metrics: Metrics
}

export interface Synthesizer {
  /**
   * Resolves when the first audio is there.
   * @throws {TtsError} when it does not come; nothing has been sent to the caller then
   */
  start(request: SynthesizeRequest, options: { signal: AbortSignal }): Promise<Synthesis>
}

const firstByteTimeoutMs = 5_000
/** One minute of 24 kHz speech; longer audio is streamed but not kept. */
const maxCachedBytes = 60 * 24_000 * 2

export function createSynthesizer({
  engine,
  voices,
  cache,
  metrics,
}: SynthesizerDeps): Synthesizer {
  return {
    async start(request, { signal }) {
      const voice = await voices.choose({ language: request.language, name: request.voice }, signal)
      const { sampleRateHz, text } = request
      const key = cacheKey({
        engine: engine.name,
        voice: voice.name,
        language: voice.language,
        sampleRateHz,
        text,
      })
      const base = { engine: engine.name, sampleRateHz }
      const stored = request.cache ? await cache.read(key) : undefined
      if (stored) {
        metrics.cacheHit()
        return { ...base, cached: true, audio: oneChunk(stored) }
      }
      if (request.cache) metrics.cacheMiss()
      const startedAt = performance.now()
      const late = new AbortController()
      const timer = setTimeout(
        () => late.abort(new DOMException('no audio in time', 'TimeoutError')),
        firstByteTimeoutMs,
      )
      const spoken = engine.synthesize(
        { text, voice, sampleRateHz },
        { signal: joinSignals([signal, late.signal]).signal },
      )
      const chunks = trimLeadingSilence(spoken, { sampleRateHz })
      try {
        const first = await chunks.next()
        metrics.engineFirstByte(performance.now() - startedAt, { engine: engine.name })
        const keep = request.cache ? (audio: Buffer) => cache.write(key, audio) : undefined
        return { ...base, cached: false, audio: streamAndKeep(first, chunks, keep) }
      } catch (error) {
        signal.throwIfAborted()
        throw toTtsError(late.signal.aborted ? late.signal.reason : error)
      } finally {
        clearTimeout(timer)
      }
    },
  }
}

async function* oneChunk(audio: Buffer): AsyncGenerator<Pcm> {
  yield audio
}

/** Passes chunks on as they come; only audio that came to its end is kept. */
async function* streamAndKeep(
  first: IteratorResult<Pcm>,
  rest: AsyncIterator<Pcm>,
  keep: ((audio: Buffer) => void) | undefined,
): AsyncGenerator<Pcm> {
  const kept: Pcm[] = []
  let bytes = 0
  try {
    for (let next = first; !next.done; next = await rest.next()) {
      bytes += next.value.byteLength
      if (keep && bytes <= maxCachedBytes) kept.push(next.value)
      yield next.value
    }
  } finally {
    await rest.return?.()
  }
  if (keep && bytes > 0 && bytes <= maxCachedBytes) keep(Buffer.concat(kept))
}
