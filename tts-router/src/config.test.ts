import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

// What all services have in common is in scripts/service-config.test.ts.
describe('readConfig', () => {
  it('starts with no setting at all', () => {
    expect(readConfig({})).toMatchObject({
      http: { host: '127.0.0.1', port: 9000 },
      riva: { uri: '127.0.0.1:50051', ssl: false },
      redis: { url: 'redis://127.0.0.1:6379/1' },
    })
  })

  it('takes another Riva for synthesis than recognition has', () => {
    const both = { RIVA_URI: 'ears:50051', RIVA_TTS_URI: 'mouth:50051' }
    expect(readConfig(both).riva.uri).toBe('mouth:50051')
    expect(readConfig({ RIVA_URI: 'ears:50051' }).riva.uri).toBe('ears:50051')
  })
})
