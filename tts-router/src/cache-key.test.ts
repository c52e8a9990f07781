import { describe, expect, it } from 'vitest'
import { cacheKey } from './cache-key.ts'

const parts = { engine: 'riva', voice: 'a', language: 'en-US', sampleRateHz: 24000, text: 'Hello.' }

describe('cacheKey', () => {
  it('differs by every part of the request and is the same for the same request', () => {
    const keys = [
      parts,
      { ...parts, engine: 'x' },
      { ...parts, voice: 'b' },
      { ...parts, language: 'en-GB' },
      { ...parts, sampleRateHz: 8000 },
      { ...parts, text: 'Hello' },
    ].map(cacheKey)
    expect(new Set(keys).size).toBe(6)
    expect(cacheKey({ ...parts })).toBe(keys[0])
    expect(cacheKey({ ...parts, text: 'e\u0301' })).toBe(cacheKey({ ...parts, text: '\u00e9' }))
  })
})
