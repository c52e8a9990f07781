import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

const needed = {
  LIVEKIT_API_KEY: 'devkey',
  LIVEKIT_API_SECRET: 'secret-of-more-than-32-characters-',
  AGENT_TOKEN: 'agent-token-for-tests',
  OPERATOR_TOKEN: 'operator-token-for-tests',
}

describe('readConfig', () => {
  it('needs no more than keys and tokens in local mode', () => {
    expect(readConfig(needed)).toMatchObject({
      mode: 'local',
      http: { host: '127.0.0.1', port: 8080 },
      redis: { url: 'redis://127.0.0.1:6379/1' },
      livekit: { publicUrl: 'ws://127.0.0.1:7880', agentName: 'trunkline' },
      llm: { url: 'http://127.0.0.1:8000/v1', model: 'meta/llama-3.1-8b-instruct' },
    })
  })

  it('names every faulty variable at once and repeats no value', () => {
    const env = {
      ...needed,
      REDIS_URL: 'nowhere',
      MAX_CALL_SECONDS: 'long',
      AGENT_TOKEN: 'hunter2',
    }
    let message = ''
    try {
      readConfig(env)
    } catch (error) {
      message = String(error)
    }
    for (const name of ['REDIS_URL', 'MAX_CALL_SECONDS', 'AGENT_TOKEN']) {
      expect(message).toContain(name)
    }
    expect(message).not.toContain('hunter2')
  })
})
