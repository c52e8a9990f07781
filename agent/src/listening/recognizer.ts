import { type stt as agentsStt, stt } from '@livekit/agents'
import { AudioFrame } from '@livekit/rtc-node'
import { behindMsOf, STT, stabilityOf } from '@trunkline/livekit-plugin-riva'
import type { Logger } from '@trunkline/telemetry'
import { hearingRateHz } from './caller-track.ts'
import type { FinalTranscript } from './listening.ts'
import { createSampleClock } from './sample-clock.ts'

/** What the recogniser says of the caller's words, in order. */
export type Recognized =
  | {
      readonly type: 'interim'
      readonly text: string
      readonly language: string
      /** How sure the recogniser is, 0 to 1. */
      readonly stability: number
      readonly heardUntil: HeardUntil
    }
  | ({ readonly type: 'final'; readonly heardUntil: HeardUntil } & FinalTranscript)

/** It has heard the caller up to here, by `performance.now()`; undefined where it does not say. */
type HeardUntil = number | undefined

/** Speech recognition of one call; it reconnects by itself for as long as the call lasts. For one consumer. */
export interface Recognizer extends AsyncIterable<Recognized> {
  push(samples: Int16Array): void
  /** The caller has stopped speaking: the final of what was said is wanted now. */
  flush(): void
  /** Listens for this language from the next word on (BCP 47). Every language is tried. */
  setLanguage(language: string): void
  close(): Promise<void>
}

export interface RecognizerOptions {
  /** host:port of the asr-proxy. */
  readonly uri: string
  readonly language: string
  readonly keyterms: readonly string[]
  /** Of the call. */
  readonly traceparent?: string | undefined
  readonly logger: Logger
}

/** Riva names its models by region; a line may leave it out. */
const regions: Readonly<Record<string, string>> = {
  en: 'en-US',
  de: 'de-DE',
  fr: 'fr-FR',
  es: 'es-ES',
  it: 'it-IT',
  hi: 'hi-IN',
}

/**
 * Silence after which Riva tells what it has with stability 1.0, long before its final: those are the words that a
 * turn is decided with, and that are sent speculatively. A model without it says nothing, and its final is asked for.
 */
const eagerEndMs = 96

/** Inside the range for RNNT decoders; a CTC decoder takes it as a faint hint. */
const keytermBoost = 5

export function createRecognizer(options: RecognizerOptions): Recognizer {
  const { uri, language, keyterms, traceparent, logger } = options
  const riva = new STT({
    uri,
    language: regions[language] ?? language,
    endpointing: { stopHistoryEouMs: eagerEndMs },
    ...(traceparent !== undefined && { metadata: { traceparent } }),
    ...(keyterms.length > 0 && { wordBoosts: [{ phrases: keyterms, boost: keytermBoost }] }),
  })
  riva.on('error', ({ type, recoverable }) => {
    logger.debug({ source: type, recoverable }, 'speech recognition reports an error')
  })
  const stream = riva.stream()
  const clock = createSampleClock()
  return {
    push(samples) {
      clock.arrived(samples.length, performance.now())
      stream.pushFrame(new AudioFrame(samples, hearingRateHz, 1, samples.length))
    },
    flush: () => stream.flush(),
    setLanguage(wanted) {
      riva.updateOptions({ language: regions[wanted] ?? wanted })
    },
    close: () => riva.close(),
    async *[Symbol.asyncIterator]() {
      for await (const event of stream) {
        const recognized = toRecognized(event, clock.timeOf(clock.position))
        if (recognized) yield recognized
      }
    },
  }
}

/** @param audioAt when the last audio so far was spoken */
function toRecognized(event: agentsStt.SpeechEvent, audioAt: number): Recognized | undefined {
  const best = event.alternatives?.[0]
  if (!best?.text) return undefined
  const { text, language, confidence } = best
  const behindMs = behindMsOf(event)
  const heardUntil = behindMs === undefined ? undefined : audioAt - behindMs
  switch (event.type) {
    case stt.SpeechEventType.INTERIM_TRANSCRIPT:
    case stt.SpeechEventType.PREFLIGHT_TRANSCRIPT: {
      return { type: 'interim', text, language, stability: stabilityOf(event), heardUntil }
    }
    case stt.SpeechEventType.FINAL_TRANSCRIPT: {
      const words = best.words?.map((word) => ({
        text: word.text,
        startMs: (word.startTime ?? 0) * 1000,
        endMs: (word.endTime ?? 0) * 1000,
        ...(word.confidence !== undefined && { confidence: word.confidence }),
      }))
      return { type: 'final', text, language, confidence, heardUntil, ...(words && { words }) }
    }
    default:
      return undefined
  }
}
