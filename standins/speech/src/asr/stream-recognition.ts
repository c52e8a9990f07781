import type { StreamingRecognizeRequest } from '@trunkline/riva'
import { createBoundedQueue, joinSignals } from '@trunkline/runtime'
import { SpeechError } from '../errors.ts'
import type { AudioDecoder } from './audio-decoder.ts'
import type { EndpointingSettings } from './endpointing.ts'
import type { AsrEngines } from './engines.ts'
import type { WordBoost } from './phrase-trie.ts'
import { Recognition, type RecognitionEvent } from './recognition.ts'

export interface StreamOptions {
  /** Everything after the configuration. */
  readonly requests: AsyncIterable<StreamingRecognizeRequest>
  readonly decoder: AudioDecoder
  readonly interimResults: boolean
  readonly endpointing: EndpointingSettings
  readonly boosts: readonly WordBoost[]
  /** A stream without a message for so long is ended, like one of Riva's. */
  readonly idleMs: number
  readonly finalMs: number
  readonly signal: AbortSignal
}

/** Events that a client has not read; more means that it reads nothing. */
const maxUnreadEvents = 1_000
/** One piece at a time goes to the detector, so that a big message does not hold up other streams. */
const pieceSamples = 16_000

/**
 * One `StreamingRecognize` call: its messages in, what was understood out. Leaving the iteration ends all work.
 * @throws {SpeechError}
 */
export async function* streamRecognition(
  engines: AsrEngines,
  options: StreamOptions,
): AsyncGenerator<RecognitionEvent> {
  const { requests, decoder, interimResults, endpointing, boosts, idleMs, finalMs } = options
  const stop = new AbortController()
  // Lets go by itself: `stop` aborts in the end.
  const { signal } = joinSignals([options.signal, stop.signal])
  const events = createBoundedQueue<RecognitionEvent>({ capacity: maxUnreadEvents })
  const recognition = new Recognition({
    engines,
    endpointing,
    boosts,
    interimResults,
    finalMs,
    emit: (event) => {
      if (events.push(event) || event.kind === 'interim') return
      events.fail(new SpeechError('overloaded', 'the client does not read its results'))
    },
    onError: (error) => events.fail(error),
    signal,
  })
  const onIdle = () =>
    events.fail(
      new SpeechError(
        'invalid-request',
        'inference request must specify the START flag on the first request of the sequence: no audio came for too long',
      ),
    )

  const read = async () => {
    let timer = setTimeout(onIdle, idleMs)
    try {
      for await (const { streamingRequest, runtimeConfig } of requests) {
        clearTimeout(timer)
        if (streamingRequest?.$case === 'streamingConfig') {
          throw new SpeechError('invalid-request', 'streaming_config is for the first message only')
        }
        const pcm = decoder.push(streamingRequest?.value ?? new Uint8Array())
        for (let from = 0; from < pcm.length; from += pieceSamples) {
          await recognition.accept(pcm.subarray(from, from + pieceSamples))
        }
        if (runtimeConfig['force_eou']?.toLowerCase() === 'true') recognition.forceEnd()
        timer = setTimeout(onIdle, idleMs)
      }
      clearTimeout(timer)
      await recognition.accept(decoder.flush())
      await recognition.finish()
      events.close()
    } catch (error) {
      events.fail(error)
    } finally {
      clearTimeout(timer)
    }
  }

  const abort = () => events.fail(signal.reason)
  options.signal.addEventListener('abort', abort, { signal: stop.signal })
  void read()
  try {
    yield* events
  } finally {
    stop.abort()
  }
}
