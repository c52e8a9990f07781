import { createHash } from 'node:crypto'

export interface CacheKeyParts {
  readonly engine: string
  readonly voice: string
  readonly language: string
  readonly sampleRateHz: number
  readonly text: string
}

/**
 * Redis key of one synthesis: a hash over everything that changes the audio, so that no two requests share a
 * key by chance of punctuation, and no text can be read from it.
 */
export function cacheKey({ engine, voice, language, sampleRateHz, text }: CacheKeyParts): string {
  const canonical = JSON.stringify([engine, voice, language, sampleRateHz, text.normalize('NFC')])
  return `tts:v1:${createHash('sha256').update(canonical).digest('base64url')}`
}
