import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

const needed = {
  LIVEKIT_API_KEY: 'devkey',
  LIVEKIT_API_SECRET: 'secret-of-more-than-32-characters-',
  AGENT_TOKEN: 'agent-token-for-tests',
  OPERATOR_TOKEN: 'operator-token-for-tests',
}

// What all services have in common is in scripts/service-config.test.ts.
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

  const faultsOf = (env: Record<string, string>): string => {
    try {
      readConfig({ ...needed, ...env })
    } catch (error) {
      return String(error)
    }
    return ''
  }

  it('refuses a trunk that has a user but no password, or the other way round', () => {
    expect(faultsOf({ SIP_TRUNK_USERNAME: 'caller' })).toContain('SIP_TRUNK_PASSWORD')
    expect(faultsOf({ SIP_TRUNK_PASSWORD: 'long-enough' })).toContain('SIP_TRUNK_USERNAME')
    expect(faultsOf({ SIP_TRUNK_USERNAME: 'caller', SIP_TRUNK_PASSWORD: 'long-enough' })).toBe('')
  })

  it('refuses a database with an example password in production', () => {
    const env = { DATABASE_URL: 'postgres://postgres:postgres@db/calls' }
    expect(faultsOf(env)).toBe('')
    const message = faultsOf({ ...env, TRUNKLINE_MODE: 'production' })
    expect(message).toContain('DATABASE_URL: a default or example')
  })

  it('names what is missing in production together with every other fault', () => {
    const message = faultsOf({ TRUNKLINE_MODE: 'production', ORCHESTRATOR_PORT: '99999' })
    expect(message).toContain('RECORDS_SECRET: needed in production')
    expect(message).toContain('ORCHESTRATOR_PORT')
    const given = {
      TRUNKLINE_MODE: 'production',
      RECORDS_SECRET: 'pV7w-9tq2-bZk4-sLx8-mNc3-yRf6-hGd1',
    }
    expect(faultsOf(given)).not.toContain('RECORDS_SECRET')
  })

  it('refuses a token that two roles share, also as one of two values', () => {
    const env = { EVENTS_TOKEN: `another-token-of-16,${needed.OPERATOR_TOKEN}` }
    expect(faultsOf(env)).toContain('EVENTS_TOKEN: has the same value as OPERATOR_TOKEN')
  })
})
