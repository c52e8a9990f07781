import { inference, VADEventType } from '@livekit/agents'
import { epochNow } from '@trunkline/runtime'

export interface VoiceListener {
  /** The caller began to speak at `onsetAt` on `performance.now()`'s clock. */
  speechStarted(onsetAt: number): void
  /** The last voiced sample was at `endedAt`, epoch milliseconds. */
  speechEnded(endedAt: number, options: { speechMs: number }): void
}

/**
 * The session's VAD, with its own times told to a listener: the session's events carry only when they were emitted,
 * which is a silence window later.
 */
export class ObservedVad extends inference.VAD {
  readonly #listener: VoiceListener

  constructor(listener: VoiceListener, options: { minSilenceMs: number }) {
    super({ minSilenceDuration: options.minSilenceMs })
    this.#listener = listener
  }

  override stream() {
    const stream = super.stream()
    const next = stream.next.bind(stream)
    stream.next = async () => {
      const result = await next()
      if (!result.done) this.#tell(result.value)
      return result
    }
    return stream
  }

  // The same corrections for the model's own latency as agents-js makes.
  #tell(event: Awaited<ReturnType<ReturnType<inference.VAD['stream']>['next']>>['value']): void {
    if (event.type === VADEventType.START_OF_SPEECH) {
      this.#listener.speechStarted(
        performance.now() - event.speechDuration - event.inferenceDuration,
      )
    } else if (event.type === VADEventType.END_OF_SPEECH) {
      this.#listener.speechEnded(epochNow() - event.silenceDuration - event.inferenceDuration, {
        speechMs: event.speechDuration,
      })
    }
  }
}
