import { synthesizeHeaders } from '@trunkline/contracts'
import { joinSignals, retry } from '@trunkline/runtime'
import { inSpan, traceHeaders } from '@trunkline/telemetry'
import { Agent, request } from 'undici'
import { SpeechError, toSpeechError } from '../errors.ts'

/** What the agent speaks with: s16le mono at this rate, from the tts-router to the room. */
export const speechSampleRateHz = 24_000

export interface SpokenText {
  readonly text: string
  readonly language: string
  /** Empty: the language's default. */
  readonly voice: string
  /** False for words that may hold what a caller said: a name must not stay in the tts-router's cache. */
  readonly cache: boolean
}

/** One answer of the tts-router from its first byte on. */
export interface Synthesis {
  /** From the last request to its first byte. */
  readonly firstByteMs: number
  readonly cached: boolean
  /** PCM in pieces of any size. @throws {SpeechError} `cut` when the stream breaks off */
  readonly pcm: AsyncIterable<Uint8Array>
  /** Of `pcm`, what comes before the text's own and is none of its words. */
  readonly leadBytes?: number
}

export interface Synthesizer {
  /** @throws {SpeechError} when there is no first byte after one retry */
  synthesize(text: SpokenText, options: { signal: AbortSignal }): Promise<Synthesis>
  close(): Promise<void>
}

export interface SynthesizerOptions {
  readonly url: string
  readonly firstByteTimeoutMs?: number
  /** Longest silence inside an answer. */
  readonly idleTimeoutMs?: number
}

/** Client of tts-router's `POST /synthesize` on pooled connections. */
export function createSynthesizer(options: SynthesizerOptions): Synthesizer {
  const { firstByteTimeoutMs = 3000, idleTimeoutMs = 5000 } = options
  const url = new URL('/synthesize', options.url)
  const pool = new Agent({ connections: 16, keepAliveTimeout: 30_000, bodyTimeout: idleTimeoutMs })

  const attempt = async (spoken: SpokenText, signal: AbortSignal): Promise<Synthesis> => {
    const startedAt = performance.now()
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(new SpeechError('timeout')), firstByteTimeoutMs)
    const either = joinSignals([signal, late.signal])
    try {
      const response = await request(url, {
        method: 'POST',
        dispatcher: pool,
        headers: { 'content-type': 'application/json', ...traceHeaders() },
        body: JSON.stringify({ ...spoken, sampleRateHz: speechSampleRateHz }),
        signal: either.signal,
      })
      if (response.statusCode !== 200) {
        await response.body.dump()
        const passing = response.statusCode >= 500 || response.statusCode === 429
        throw new SpeechError(passing ? 'unavailable' : 'refused')
      }
      if (Number(response.headers[synthesizeHeaders.sampleRate]) !== speechSampleRateHz) {
        await response.body.dump()
        throw new SpeechError('bad-audio')
      }
      const pieces: AsyncIterator<Uint8Array> = response.body[Symbol.asyncIterator]()
      const first = await pieces.next()
      if (first.done) throw new SpeechError('unavailable')
      return {
        firstByteMs: performance.now() - startedAt,
        cached: response.headers[synthesizeHeaders.cache] === 'hit',
        pcm: joined(first.value, pieces, { signal, release: either.release }),
      }
    } catch (error) {
      either.release()
      signal.throwIfAborted()
      throw toSpeechError(late.signal.aborted ? late.signal.reason : error)
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    synthesize: (spoken, { signal }) =>
      retry(() => inSpan('tts', {}, () => attempt(spoken, signal)), {
        attempts: 2,
        baseDelayMs: 50,
        isRetryable: (error) => error instanceof SpeechError && error.retryable,
        signal,
      }),
    close: () => pool.destroy(),
  }
}

async function* joined(
  first: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
  { signal, release }: { signal: AbortSignal; release: () => void },
): AsyncGenerator<Uint8Array> {
  try {
    yield first
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  } catch (error) {
    signal.throwIfAborted()
    throw new SpeechError('cut', { cause: error })
  } finally {
    release()
    await rest.return?.()
  }
}
