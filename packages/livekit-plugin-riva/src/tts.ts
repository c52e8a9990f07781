import { type APIConnectOptions, tokenize, tts } from '@livekit/agents'
import {
  AudioEncoding,
  createRivaClients,
  type RivaClients,
  type RivaClientsOptions,
} from '@trunkline/riva'
import { ChunkedStream } from './chunked-stream.ts'

/** Where the synthesiser is: an address, or clients that somebody else closes. */
export type TtsConnection = RivaClientsOptions | { readonly clients: Pick<RivaClients, 'tts'> }

export interface VoiceOptions {
  /** BCP 47. Default `en-US`. */
  readonly language?: string
  /** As the server names it, for example `Magpie-Multilingual.EN-US.Aria`. Default: the server's. */
  readonly voice?: string
  /** Pronunciations in IPA by word. */
  readonly pronunciations?: Readonly<Record<string, string>>
  /** Settings of single models. */
  readonly customConfiguration?: Readonly<Record<string, string>>
}

export type TTSOptions = TtsConnection &
  VoiceOptions & {
    /** Of the audio that comes out; Riva resamples. Default 24000. */
    readonly sampleRateHz?: number
  }

/**
 * Text-to-speech by a Riva server, a speech NIM, NVCF, or a proxy that speaks Riva's wire. Frames are
 * mono, 20 ms; the last one of a text is `final`. Errors are LiveKit's APIError family, retryable
 * only while nothing of the text has been handed over.
 */
export class TTS extends tts.TTS {
  label = 'riva.TTS'
  readonly #tts: RivaClients['tts']
  readonly #ownClients: RivaClients | undefined
  #voice: VoiceOptions

  constructor(options: TTSOptions) {
    super(options.sampleRateHz ?? 24_000, 1, { streaming: false })
    this.#voice = options
    if ('clients' in options) {
      this.#tts = options.clients.tts
    } else {
      this.#ownClients = createRivaClients(options)
      this.#tts = this.#ownClients.tts
    }
  }

  override get provider(): string {
    return 'riva'
  }

  override get model(): string {
    return this.#voice.voice || 'default'
  }

  override synthesize(
    text: string,
    connOptions?: APIConnectOptions,
    abortSignal?: AbortSignal,
  ): ChunkedStream {
    return new ChunkedStream(text, this, {
      deps: { tts: this.#tts, sampleRateHz: this.sampleRate, request: this.#toRequest() },
      ...(connOptions ? { connOptions } : {}),
      ...(abortSignal ? { signal: abortSignal } : {}),
    })
  }

  /** LiveKit's adapter: one `synthesize` per sentence, all asked for at once, played in order. */
  override stream(options: { connOptions?: APIConnectOptions } = {}): tts.SynthesizeStream {
    return new tts.StreamAdapter(this, new tokenize.basic.SentenceTokenizer()).stream(options)
  }

  /** For every text from now on. */
  updateOptions(changes: VoiceOptions): void {
    this.#voice = { ...this.#voice, ...changes }
  }

  /** Closes the connection if it is our own; texts under way fail. */
  override async close(): Promise<void> {
    this.#ownClients?.close()
  }

  #toRequest() {
    const { language = 'en-US', voice = '', pronunciations = {}, customConfiguration } = this.#voice
    return {
      languageCode: language,
      voiceName: voice,
      encoding: AudioEncoding.LINEAR_PCM,
      sampleRateHz: this.sampleRate,
      // Riva's form: word and phonemes with two spaces between, commas between the entries.
      customDictionary: Object.entries(pronunciations)
        .map(([word, phonemes]) => `${word}  ${phonemes}`)
        .join(','),
      customConfiguration: { ...customConfiguration },
    }
  }
}
