import { asLanguageCode, inference } from '@livekit/agents'
import { AudioFrame } from '@livekit/rtc-node'
import { hearingRateHz } from './caller-track.ts'

export interface EndOfTurnAnswer {
  /** `performance.now()` of the question and of its answer. */
  readonly askedAt: number
  readonly at: number
  readonly probability: number
  /** The model's own for the language. */
  readonly threshold: number
}

/** LiveKit's model of when a turn is over, on the last 1.2 s of the caller's audio. */
export interface EndOfTurnModel {
  push(samples: Int16Array): void
  /** Asks about the audio so far; undefined when a newer question came, and when the model has failed or is late. */
  predict(language: string): Promise<EndOfTurnAnswer | undefined>
  /** A new turn begins: it is judged by its own audio alone. */
  forget(): void
  close(): Promise<void>
}

/** An answer that comes later helps nobody: silence has decided by then. */
const timeoutMs = 1000
/** The model's threshold for English, for a language that it has none for. */
const commonThreshold = 0.36

/** `v1-mini` runs in agents-js' inference process, once for all calls of a machine; `v1` would be a cloud service. */
export function createEndOfTurnModel(): EndOfTurnModel {
  const detector = new inference.TurnDetector({ version: 'v1-mini' })
  const stream = detector.stream()
  let question = 0
  return {
    push(samples) {
      stream.pushAudio(new AudioFrame(samples, hearingRateHz, 1, samples.length))
    },
    async predict(language) {
      question += 1
      const mine = question
      const askedAt = performance.now()
      const threshold = await stream.unlikelyThreshold(asLanguageCode(language))
      if (mine !== question) return undefined
      const timer = setTimeout(() => stream.cancelInference(), timeoutMs)
      try {
        const { endOfTurnProbability, inferenceDuration } = await stream.predict().await
        // A model that has failed, was cancelled or is not there answers with a default, in no time.
        if (mine !== question || !inferenceDuration) return undefined
        const probability = endOfTurnProbability
        return {
          askedAt,
          at: performance.now(),
          probability,
          threshold: threshold ?? commonThreshold,
        }
      } finally {
        clearTimeout(timer)
      }
    },
    forget: () => stream.flush('turn'),
    close: () => detector.aclose(),
  }
}
