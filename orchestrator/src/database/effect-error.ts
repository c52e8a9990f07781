/**
 * - `superseded`: a newer job has the call; nothing was written
 * - `unavailable`: the ledger could not be written, so nothing was begun
 * - `failed`: begun and rolled back
 * - `unknown`: the connection broke at the end; a repeat finds out
 */
export type EffectErrorCode = 'superseded' | 'unavailable' | 'failed' | 'unknown'

/** An effect that was not carried out, or of which that is not known. */
export class EffectError extends Error {
  override readonly name = 'EffectError'
  readonly code: EffectErrorCode

  constructor(code: EffectErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
