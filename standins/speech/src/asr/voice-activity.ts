/** Silero's window at 16 kHz: 32 ms. */
export const windowSamples = 512
export const windowMs = 32

/** The state of one stream's detector. It travels with each job, so a worker that dies takes nothing along. */
export interface VoiceState {
  readonly memory: Float32Array
  /** The last samples of the window before. */
  readonly context: Float32Array
}

export interface VoiceJob {
  /** 16 kHz mono, a whole number of windows. */
  readonly pcm: Int16Array
  readonly state: VoiceState
}

export interface VoiceResult {
  /** Probability of speech, one a window. */
  readonly probabilities: Float32Array
  readonly state: VoiceState
}

export const contextSamples = 64

export function createVoiceState(): VoiceState {
  return { memory: new Float32Array(2 * 128), context: new Float32Array(contextSamples) }
}
