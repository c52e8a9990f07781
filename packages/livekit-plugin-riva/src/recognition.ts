import { AudioEncoding, type DeepPartial, type RecognitionConfig } from '@trunkline/riva'

/** When Riva takes an utterance to have begun and to be over. What is not set keeps the server's default. */
export interface Endpointing {
  readonly startHistoryMs?: number
  /** 0 to 1. */
  readonly startThreshold?: number
  /** Silence after which a final comes; the server's default is about 800, NVIDIA advises at least 560. */
  readonly stopHistoryMs?: number
  /** 0 to 1. */
  readonly stopThreshold?: number
  /**
   * Silence after which a first guess of the end comes, as PREFLIGHT_TRANSCRIPT. Shorter than
   * `stopHistoryMs`; not every model has it.
   */
  readonly stopHistoryEouMs?: number
  /** 0 to 1. */
  readonly stopThresholdEou?: number
}

/** Words that are likelier than the model believes: names, brands, room types. */
export interface WordBoost {
  readonly phrases: readonly string[]
  /** The scale is the decoder's: 20 to 100 for CTC models with Flashlight, 2 to 5 for RNNT models. */
  readonly boost: number
}

/** What is asked of the recogniser. */
export interface RecognitionOptions {
  /** BCP 47. Default `en-US`. */
  readonly language?: string
  /** Default: the server's model for the language. */
  readonly model?: string
  /** Default true. */
  readonly punctuation?: boolean
  /** True leaves "twenty five" as it was spoken; default false, "25". */
  readonly verbatim?: boolean
  /** Default true: word times in seconds with every final. */
  readonly wordTimes?: boolean
  readonly profanityFilter?: boolean
  readonly endpointing?: Endpointing
  readonly wordBoosts?: readonly WordBoost[]
  /** Settings of single models, for example `{ 'enable_vad_endpointing': 'true' }`. */
  readonly customConfiguration?: Readonly<Record<string, string>>
}

export const defaultLanguage = 'en-US'

/** Riva's configuration for mono LINEAR_PCM of the given rate. */
export function toRecognitionConfig(
  options: RecognitionOptions,
  sampleRateHz: number,
): DeepPartial<RecognitionConfig> {
  return {
    encoding: AudioEncoding.LINEAR_PCM,
    sampleRateHertz: sampleRateHz,
    audioChannelCount: 1,
    maxAlternatives: 1,
    languageCode: options.language ?? defaultLanguage,
    model: options.model ?? '',
    enableAutomaticPunctuation: options.punctuation ?? true,
    verbatimTranscripts: options.verbatim ?? false,
    enableWordTimeOffsets: options.wordTimes ?? true,
    profanityFilter: options.profanityFilter ?? false,
    speechContexts: (options.wordBoosts ?? []).map(({ phrases, boost }) => ({
      phrases: [...phrases],
      boost,
    })),
    customConfiguration: { ...options.customConfiguration },
    endpointingConfig: options.endpointing && toEndpointingConfig(options.endpointing),
  }
}

function toEndpointingConfig(endpointing: Endpointing) {
  return {
    startHistory: endpointing.startHistoryMs,
    startThreshold: endpointing.startThreshold,
    stopHistory: endpointing.stopHistoryMs,
    stopThreshold: endpointing.stopThreshold,
    stopHistoryEou: endpointing.stopHistoryEouMs,
    stopThresholdEou: endpointing.stopThresholdEou,
  }
}
