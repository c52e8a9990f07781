import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

const needed = { LIVEKIT_API_KEY: 'key', LIVEKIT_API_SECRET: 'secret', AGENT_TOKEN: 'token' }

// What all services have in common is in scripts/service-config.test.ts.
describe('readConfig', () => {
  it('needs only keys', () => {
    expect(readConfig(needed)).toMatchObject({
      livekit: { url: 'ws://127.0.0.1:7880' },
      worker: { name: 'trunkline', slots: 4, idleProcesses: 2, port: 8081 },
      http: { host: '127.0.0.1', port: 9464 },
      maxCallMs: 1_800_000,
    })
  })

  it('names every fault at once and repeats no value', () => {
    const faulty = {
      LIVEKIT_URL: 'ws://host/path',
      AGENT_SLOTS: 'many',
      AGENT_HTTP_PORT: '0',
      ASR_PROXY_URI: 'http://host:1/',
      TTS_ROUTER_URL: 'not-a-url',
      AGENT_TOKEN: 'very secret',
    }
    let message = ''
    try {
      readConfig(faulty)
    } catch (error) {
      message = String(error)
    }
    for (const name of ['LIVEKIT_API_KEY', ...Object.keys(faulty).slice(0, 5)]) {
      expect(message).toContain(name)
    }
    expect(message).not.toContain('very secret')
  })

  it('sends the first of two tokens while they are changed', () => {
    expect(readConfig({ ...needed, AGENT_TOKEN: 'new, old' }).orchestrator.token).toBe('new')
  })
})
