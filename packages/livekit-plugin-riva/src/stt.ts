import { type APIConnectOptions, stt } from '@livekit/agents'
import type { AudioFrame } from '@livekit/rtc-node'
import { createRivaClients, type RivaClients, type RivaClientsOptions } from '@trunkline/riva'
import { toApiError } from './errors.ts'
import { toMono } from './mono.ts'
import { defaultLanguage, type RecognitionOptions, toRecognitionConfig } from './recognition.ts'
import { SpeechStream, type StreamTuning } from './speech-stream.ts'
import { toSpeechData } from './transcript.ts'

/** Where the recogniser is: an address, or clients that somebody else closes. */
export type SttConnection = RivaClientsOptions | { readonly clients: Pick<RivaClients, 'asr'> }

export type STTOptions = SttConnection & RecognitionOptions & StreamTuning

/**
 * Speech-to-text by a Riva server, a speech NIM, NVCF, or a proxy that speaks Riva's wire.
 *
 * Streams take frames of any rate (16 kHz mono spares a resampler), emit interims, finals, start and
 * end of speech and usage, and never end by themselves: a broken server is a recoverable `error`
 * event and a reconnect.
 */
export class STT extends stt.STT {
  label = 'riva.STT'
  readonly #asr: RivaClients['asr']
  readonly #ownClients: RivaClients | undefined
  readonly #tuning: StreamTuning
  readonly #streams = new Set<SpeechStream>()
  #recognition: RecognitionOptions

  constructor(options: STTOptions) {
    super({
      streaming: true,
      interimResults: true,
      alignedTranscript: options.wordTimes === false ? false : 'word',
    })
    this.#recognition = options
    this.#tuning = options
    if ('clients' in options) {
      this.#asr = options.clients.asr
    } else {
      this.#ownClients = createRivaClients(options)
      this.#asr = this.#ownClients.asr
    }
  }

  override get provider(): string {
    return 'riva'
  }

  override get model(): string {
    return this.#recognition.model || 'default'
  }

  override stream(options: { connOptions?: APIConnectOptions } = {}): SpeechStream {
    const stream = new SpeechStream(
      this,
      {
        asr: this.#asr,
        recognition: () => this.#recognition,
        tuning: this.#tuning,
        onClose: (closed) => this.#streams.delete(closed),
      },
      options.connOptions,
    )
    this.#streams.add(stream)
    return stream
  }

  /**
   * Ends the utterance of every live stream now: Riva is told `force_eou`, and the final comes as
   * soon as the audio so far is through. For turn-taking that knows better than the server.
   */
  flush(): void {
    for (const stream of this.#streams) stream.flush()
  }

  /** Takes effect at once: live streams connect anew, and what was said since the last final is kept. */
  updateOptions(changes: RecognitionOptions): void {
    this.#recognition = { ...this.#recognition, ...changes }
    for (const stream of this.#streams) stream.reopen()
  }

  /** Closes every live stream, and the connection if it is our own. */
  override async close(): Promise<void> {
    for (const stream of this.#streams) stream.close()
    this.#ownClients?.close()
  }

  /** @throws APIError (LiveKit's family), never retried here. */
  protected override async _recognize(
    buffer: AudioFrame | AudioFrame[],
    abortSignal?: AbortSignal,
  ): Promise<stt.SpeechEvent> {
    const frames = Array.isArray(buffer) ? buffer : [buffer]
    const rateHz = frames[0]?.sampleRate ?? 16_000
    const pcm = frames.map(toMono).map(toBytes)
    const language = this.#recognition.language ?? defaultLanguage
    try {
      const { results } = await this.#asr.recognize(
        { config: toRecognitionConfig(this.#recognition, rateHz), audio: Buffer.concat(pcm) },
        abortSignal ? { signal: abortSignal } : {},
      )
      const best = results.flatMap(({ alternatives }) => alternatives.slice(0, 1))
      const speech = toSpeechData(
        {
          transcript: best.map(({ transcript }) => transcript).join(''),
          confidence: best[0]?.confidence ?? 0,
          words: best.flatMap(({ words }) => words),
          languageCode: best[0]?.languageCode ?? [],
        },
        { offsetSeconds: 0, language },
      )
      return { type: stt.SpeechEventType.FINAL_TRANSCRIPT, alternatives: [speech] }
    } catch (error) {
      throw toApiError(error)
    }
  }
}

function toBytes(samples: Int16Array): Uint8Array {
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)
}
