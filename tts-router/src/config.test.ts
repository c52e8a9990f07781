import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

const elsewhere = {
  RIVA_URI: 'grpc.nvcf.nvidia.com:443',
  RIVA_TTS_URI: 'tts.example.com:443',
  REDIS_URL: 'redis://cache.example.com',
}

describe('readConfig', () => {
  it('starts with no setting at all', () => {
    expect(readConfig({}).http.host).toBe('127.0.0.1')
  })

  it('refuses every engine and store outside the region', () => {
    const names = Object.keys(elsewhere).join('[^]*')
    expect(() => readConfig({ ...elsewhere, DATA_REGION: 'eu' })).toThrow(new RegExp(names))
    expect(() => readConfig(elsewhere)).not.toThrow()
  })

  it('refuses an example key in production', () => {
    const env = { RIVA_API_KEY: 'your-key-here', TRUNKLINE_MODE: 'production' }
    expect(() => readConfig(env)).toThrow('RIVA_API_KEY: a default or example')
  })
})
