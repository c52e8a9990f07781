import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readExternals, readSettings } from './settings.ts'

describe('readSettings', () => {
  it('reads .env and lets the shell win', () => {
    const root = mkdtempSync(join(tmpdir(), 'trunkline-env-'))
    writeFileSync(join(root, '.env'), '# a comment\nLLM_MODEL="a b"\nRIVA_URI=gpu:50051\n')
    const settings = readSettings({ RIVA_URI: 'other:1' }, { root })
    expect(settings).toMatchObject({ LLM_MODEL: 'a b', RIVA_URI: 'other:1' })
    rmSync(root, { recursive: true })
  })

  it('does without .env, but not without a file that was named', () => {
    const root = tmpdir()
    expect(readSettings({ TRUNKLINE_ENV_FILE: '/dev/null' }, { root })).toMatchObject({})
    expect(() => readSettings({ TRUNKLINE_ENV_FILE: 'no-such-file.env' }, { root })).toThrow(
      'no-such-file.env',
    )
  })
})

describe('readExternals', () => {
  it('takes the parts whose address is set, and only those', () => {
    expect(readExternals({})).toEqual({})
    expect(readExternals({ RIVA_URI: 'gpu:50051', REDIS_URL: '' })).toEqual({
      riva: { address: 'gpu:50051', tls: false },
    })
    expect(
      readExternals({
        LIVEKIT_URL: 'wss://livekit.example.com',
        LIVEKIT_API_KEY: 'key',
        LIVEKIT_API_SECRET: 's'.repeat(32),
        LLM_SERVICE_URL: 'https://models.example.com/v1',
        LLM_API_KEY: 'secret',
      }),
    ).toEqual({
      livekit: { url: 'wss://livekit.example.com', apiKey: 'key', apiSecret: 's'.repeat(32) },
      llm: { url: 'https://models.example.com/v1', apiKey: 'secret' },
    })
  })

  it('names every faulty address at once', () => {
    const read = () =>
      readExternals({
        RIVA_URI: 'http://gpu:50051',
        LLM_SERVICE_URL: 'models.example.com',
        REDIS_URL: 'localhost:6379',
        DATABASE_URL: 'mysql://db',
      })
    for (const name of ['RIVA_URI', 'LLM_SERVICE_URL', 'REDIS_URL', 'DATABASE_URL']) {
      expect(read).toThrow(name)
    }
  })

  it('asks for the key that belongs to a LiveKit of your own', () => {
    expect(() => readExternals({ LIVEKIT_URL: 'ws://livekit' })).toThrow(/LIVEKIT_API_KEY/)
    expect(() => readExternals({ LIVEKIT_URL: 'ws://livekit' })).toThrow(/LIVEKIT_API_SECRET/)
  })
})
