/** Mono s16le PCM; any length, always whole samples. */
export type Pcm = Uint8Array

export interface EngineVoice {
  readonly name: string
  /** BCP 47 tag, for example "en-US". */
  readonly language: string
}

export interface EngineRequest {
  readonly text: string
  readonly voice: EngineVoice
  readonly sampleRateHz: number
}

/** One way to turn text into speech. Every engine passes `testTtsProvider`. */
export interface TtsEngine {
  /** A closed, low-cardinality name for headers and metric labels. */
  readonly name: string
  /** @throws {TtsError} `unavailable` when the engine cannot be asked */
  voices(options: { signal: AbortSignal }): Promise<readonly EngineVoice[]>
  /**
   * Streams the audio as it is made. Leaving the iteration or aborting stops the engine's work.
   * @throws {TtsError}
   */
  synthesize(request: EngineRequest, options: { signal: AbortSignal }): AsyncIterable<Pcm>
  close(): Promise<void>
}
