import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type APIConnectOptions, log, stt } from '@livekit/agents'
import {
  type DeepPartial,
  RivaError,
  type RivaSpeechRecognitionClient,
  type StreamingRecognizeRequest,
  type StreamingRecognizeResponse,
  toRivaError,
} from '@trunkline/riva'
import { AudioFeed, type FeedReader } from './audio-feed.ts'
import { toApiError } from './errors.ts'
import { FlushClock } from './flush-clock.ts'
import { toMono } from './mono.ts'
import { passAbort } from './pass-abort.ts'
import { defaultLanguage, type RecognitionOptions, toRecognitionConfig } from './recognition.ts'
import { toReconnectDelayMs } from './reconnect-delay.ts'
import { readTranscripts } from './transcript.ts'
import { Utterance } from './utterance.ts'

const sampleRateHz = 16_000
/** Half of the 160 ms that Riva's low-latency models work in. */
const chunkMs = 80
const tickMs = 100
/** Frames come every 10 to 50 ms; a longer gap is a muted, held or discontinued source. */
const quietMs = 250
/** A word that was spoken may be told so much later; audio older than that held none. */
const decodingMs = 2_000
/** A connection that lived so long was a good one: the next is tried at once. */
const stableMs = 1_000
const usageIntervalMs = 10_000

/** How a stream behaves when the server does not. */
export interface StreamTuning {
  /** Audio kept while no server takes it, in ms; what is older is lost. Default 8000. */
  readonly maxBufferedMs?: number
  /**
   * An interim that says the same for so long is taken as final, and the stream is opened anew:
   * some deployments never send finals. Default 3000; `Infinity` waits for the server.
   */
  readonly finalTimeoutMs?: number
  /** Told of every final that a flush brought about or the server's endpointing did. */
  readonly onFinal?: (latency: FinalLatency) => void
}

export interface FinalLatency {
  /** Ms from `flush()` to the final; undefined when no flush was waiting for it. */
  readonly sinceFlushMs: number | undefined
  /** Ms of audio sent beyond what the final covers: how far the recogniser was behind. Undefined when it does not say. */
  readonly behindMs: number | undefined
}

export interface SpeechStreamDeps {
  readonly asr: Pick<RivaSpeechRecognitionClient, 'streamingRecognize'>
  /** Read at every connection, so that a change of language takes effect with the next one. */
  readonly recognition: () => RecognitionOptions
  readonly tuning: StreamTuning
  readonly onClose: (stream: SpeechStream) => void
}

/** Ends one connection for a reason that is no failure. */
const reopened = Symbol('reopened')

/**
 * One conversation's recognition over one Riva `StreamingRecognize` after the other. It outlives its
 * servers: until it is closed it connects again, without a limit, and goes on after the last final.
 */
export class SpeechStream extends stt.SpeechStream {
  label = 'riva.SpeechStream'
  readonly #stt: stt.STT
  readonly #deps: SpeechStreamDeps
  readonly #feed: AudioFeed
  readonly #utterance: Utterance
  readonly #finalTimeoutMs: number
  #pumping: Promise<void> | undefined
  #connection: { controller: AbortController; reader: FeedReader; usedMs: number } | undefined
  #requestId = ''
  #heardMs = 0
  readonly #flushes = new FlushClock()

  constructor(owner: stt.STT, deps: SpeechStreamDeps, connOptions?: APIConnectOptions) {
    super(owner, sampleRateHz, connOptions)
    this.#stt = owner
    this.#deps = deps
    this.#finalTimeoutMs = deps.tuning.finalTimeoutMs ?? 3_000
    this.#feed = new AudioFeed({
      sampleRateHz,
      chunkMs,
      quietMs,
      maxBufferedMs: deps.tuning.maxBufferedMs ?? 8_000,
      now: () => performance.now(),
    })
    this.#utterance = new Utterance({
      tellEagerEnd: deps.recognition().endpointing?.stopHistoryEouMs !== undefined,
      requestId: () => this.#requestId,
    })
  }

  /** Connects anew with the recognition options of now; nothing that was said is lost. */
  reopen(): void {
    this.#connection?.controller.abort(reopened)
  }

  override close(): void {
    super.close()
    this.#deps.onClose(this)
  }

  protected async run(): Promise<void> {
    this.#pumping ??= this.#pump()
    const ticking = setInterval(() => this.#tick(), tickMs)
    try {
      await this.#recognizeUntilEnd()
    } finally {
      clearInterval(ticking)
    }
  }

  async #pump(): Promise<void> {
    for await (const item of this.input) {
      if (typeof item === 'symbol') {
        this.#flushes.start(this.#feed.positionMs, performance.now())
        this.#feed.flush()
      } else if (item.samplesPerChannel > 0) {
        this.#feed.push(toMono(item))
      }
    }
    this.#feed.end()
  }

  async #recognizeUntilEnd(): Promise<void> {
    const signal = this.abortSignal
    for (let failures = 0; !signal.aborted; ) {
      const startedAtMs = performance.now()
      const error = await this.#recognizeOnce()
      if (signal.aborted || error === undefined) return
      if (error === reopened) continue
      // Nobody speaks any more: the caller of a file's recognition wants to know.
      if (this.#feed.isEnded) throw toApiError(error)
      this.#tellFailure(error, failures)
      if (performance.now() - startedAtMs >= stableMs) failures = 0
      const { retryable } = toRivaError(error)
      await this.#wait(toReconnectDelayMs({ failures, retryable, random: Math.random() }))
      failures += 1
    }
  }

  /** One connection. Returns what ended it; undefined when it came to the end of the input. */
  async #recognizeOnce(): Promise<unknown> {
    const reader = this.#feed.open()
    const controller = new AbortController()
    const { signal } = controller
    const release = passAbort([this.abortSignal, reader.stalled], controller)
    this.#connection = { controller, reader, usedMs: 0 }
    this.#requestId = randomUUID()
    try {
      const responses = this.#deps.asr.streamingRecognize(this.#requests(reader), { signal })
      for await (const response of responses) {
        this.#hear(response, reader)
      }
      return reader.isDrained ? undefined : new RivaError({ code: 'interrupted', retryable: true })
    } catch (error) {
      return signal.aborted ? signal.reason : error
    } finally {
      release()
      this.#tellUsage()
      reader.close()
      this.#connection = undefined
    }
  }

  async *#requests(reader: FeedReader): AsyncGenerator<DeepPartial<StreamingRecognizeRequest>> {
    yield {
      id: { value: this.#requestId },
      streamingRequest: {
        $case: 'streamingConfig',
        value: {
          config: toRecognitionConfig(this.#deps.recognition(), sampleRateHz),
          interimResults: true,
        },
      },
    }
    for await (const item of reader) {
      if (item.kind === 'audio') {
        yield { streamingRequest: { $case: 'audioContent', value: item.bytes } }
      } else {
        yield {
          streamingRequest: { $case: 'audioContent', value: new Uint8Array() },
          runtimeConfig: { force_eou: 'true' },
        }
      }
    }
  }

  #hear(response: StreamingRecognizeResponse, reader: FeedReader): void {
    const transcripts = readTranscripts(response, {
      offsetSeconds: this.startTimeOffset + reader.startMs / 1000,
      language: this.#deps.recognition().language ?? defaultLanguage,
    })
    const { finals, interim, processedSeconds } = transcripts
    for (const { speech, coveredSeconds } of finals) {
      const coveredMs = coveredSeconds > 0 ? reader.startMs + coveredSeconds * 1000 : undefined
      const sentMs = reader.startMs + reader.sentMs
      if (coveredMs !== undefined) this.#feed.commit(coveredMs)
      if (speech.text === '') continue
      // Of a server that does not say what a final covers: rather lose a word than hear one twice.
      if (coveredMs === undefined) this.#feed.commit(sentMs)
      const behindMs = coveredMs === undefined ? undefined : Math.max(0, sentMs - coveredMs)
      this.#tellFinal(coveredMs, behindMs)
    }
    const heardMs = reader.startMs + processedSeconds * 1000
    const behindMs = processedSeconds > 0 ? Math.max(0, this.#feed.positionMs - heardMs) : undefined
    this.#emit(this.#utterance.update(transcripts, { nowMs: performance.now(), behindMs }))
    const processedMs = processedSeconds > 0 ? processedSeconds * 1000 : reader.sentMs
    if (interim) this.#heardMs = reader.startMs + Math.min(processedMs, reader.sentMs)
    if (!this.#utterance.isOpen && processedSeconds > 0) {
      this.#feed.commit(reader.startMs + processedMs - decodingMs)
    }
    if (finals.length > 0) this.#tellUsage()
  }

  #tick(): void {
    this.#feed.fillSilence()
    const unchangedSinceMs = this.#utterance.unchangedSinceMs
    if (
      unchangedSinceMs !== undefined &&
      performance.now() - unchangedSinceMs >= this.#finalTimeoutMs
    ) {
      log().warn({ label: this.label }, 'took an interim as final')
      this.#feed.commit(this.#heardMs)
      this.#tellFinal(this.#heardMs, undefined)
      this.#emit(this.#utterance.finishWithInterim())
      this.reopen()
    }
    const connection = this.#connection
    if (connection && connection.reader.sentMs - connection.usedMs >= usageIntervalMs) {
      this.#tellUsage()
    }
  }

  #tellFinal(coveredMs: number | undefined, behindMs: number | undefined): void {
    const sinceFlushMs = this.#flushes.stop(coveredMs, performance.now())
    this.#deps.tuning.onFinal?.({ sinceFlushMs, behindMs })
  }

  /** The framework adds these up to the seconds that a provider would bill. */
  #tellUsage(): void {
    const connection = this.#connection
    if (!connection || connection.reader.sentMs <= connection.usedMs) return
    const audioDuration = (connection.reader.sentMs - connection.usedMs) / 1000
    connection.usedMs = connection.reader.sentMs
    this.#emit([
      {
        type: stt.SpeechEventType.RECOGNITION_USAGE,
        requestId: this.#requestId,
        recognitionUsage: { audioDuration },
      },
    ])
  }

  /** Told as recoverable, so that a session counts it and goes on. */
  #tellFailure(error: unknown, failures: number): void {
    const { code } = toRivaError(error)
    log().warn({ label: this.label, code, failures }, 'speech recognition was interrupted')
    // An EventEmitter throws an `error` that nobody listens for.
    if (this.#stt.listenerCount('error') === 0) return
    this.#stt.emit('error', {
      type: 'stt_error',
      timestamp: Date.now(),
      label: this.#stt.label,
      error: toApiError(error),
      recoverable: true,
    })
  }

  #emit(events: readonly stt.SpeechEvent[]): void {
    for (const event of events) if (!this.queue.closed) this.queue.put(event)
  }

  async #wait(ms: number): Promise<void> {
    if (ms === 0) return
    await sleep(ms, undefined, { signal: this.abortSignal }).catch(() => {
      // Closed while waiting: the loop sees the signal.
    })
  }
}
