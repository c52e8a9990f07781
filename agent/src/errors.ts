export type SpeechErrorCode = 'timeout' | 'unavailable' | 'refused' | 'bad-audio' | 'cut'

/** The tts-router did not give the audio that was asked for. Never holds the text. */
export class SpeechError extends Error {
  override readonly name = 'SpeechError'
  readonly code: SpeechErrorCode
  readonly retryable: boolean

  constructor(code: SpeechErrorCode, options: { cause?: unknown } = {}) {
    super(`no speech: ${code}`, options)
    this.code = code
    this.retryable = code === 'timeout' || code === 'unavailable'
  }
}

/** The one place where what undici and the network throw is classified. */
export function toSpeechError(error: unknown): SpeechError {
  if (error instanceof SpeechError) return error
  const name = error instanceof Error ? error.name : ''
  return new SpeechError(/timeout/i.test(name) ? 'timeout' : 'unavailable', { cause: error })
}
