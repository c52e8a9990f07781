import { synthesizeJson, voiceList } from '@trunkline/contracts'
import { createLogger } from '@trunkline/telemetry'
import { needs, startRedis } from '@trunkline/testkit'
import { Status } from 'nice-grpc'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../src/config.ts'
import { createService } from '../src/service.ts'
import { startTestRiva } from './riva-server.ts'

async function startRouter({ redisUrl = 'redis://127.0.0.1:1' }: { redisUrl?: string } = {}) {
  const riva = await startTestRiva()
  const config = readConfig({ TTS_ROUTER_PORT: '0', RIVA_URI: riva.uri, REDIS_URL: redisUrl })
  const service = await createService(config, { logger: createLogger('test', { level: 'silent' }) })
  const post = (body: unknown, init: RequestInit = {}) =>
    fetch(`${service.url}/synthesize`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      ...init,
    })
  const metric = async (name: string) => {
    const text = await (await fetch(`${service.url}/metrics`)).text()
    return Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)`, 'm').exec(text)?.[1] ?? 0)
  }
  const close = async () => {
    await service.close()
    await riva.close()
  }
  return { riva, url: service.url, post, metric, close }
}

describe('tts-router', () => {
  it('streams PCM at the asked rate and lists its voices', async () => {
    const router = await startRouter()
    try {
      const answer = await router.post({ text: 'Hello', language: 'en', sampleRateHz: 8000 })
      expect(answer.status).toBe(200)
      expect(answer.headers.get('x-sample-rate-hz')).toBe('8000')
      expect(answer.headers.get('x-engine')).toBe('riva')
      expect((await answer.arrayBuffer()).byteLength).toBe(3 * 1600)
      const voices = voiceList.parse(await (await fetch(`${router.url}/voices`)).json())
      expect(voices.voices).toEqual([{ name: 'Hum.EN-US.Low', language: 'en-US', engine: 'riva' }])
      expect((await fetch(`${router.url}/readyz`)).status).toBe(200)
    } finally {
      await router.close()
    }
  })

  it('answers JSON with base64 when asked', async () => {
    const router = await startRouter()
    try {
      const answer = await router.post({ text: 'Hello', language: 'en', format: 'json' })
      const json = synthesizeJson.parse(await answer.json())
      expect(json).toMatchObject({ sampleRateHz: 24000, durationMs: 300, engine: 'riva' })
      expect(Buffer.from(json.audio, 'base64').byteLength).toBe(3 * 4800)
    } finally {
      await router.close()
    }
  })

  it(
    'synthesizes the same words once and then takes them from Redis',
    needs(['redis']),
    async () => {
      const redis = await startRedis()
      const router = await startRouter({ redisUrl: redis.url })
      try {
        await expect
          .poll(async () => (await ask(router, true)).cache, { timeout: 10_000 })
          .toBe('hit')
        const again = await ask(router, true)
        expect(again.cache).toBe('hit')
        const asked = router.riva.requests.length
        expect(asked).toBeLessThan(3)
        const other = await ask(router, false)
        expect(other.cache).toBe('miss')
        expect(other.audio.equals(again.audio)).toBe(true)
        expect(router.riva.requests.length).toBe(asked + 1)
        expect(await router.metric('tts_cache_hits_total')).toBe(2)
        expect(await router.metric('tts_cache_misses_total')).toBe(asked)
      } finally {
        await router.close()
        await redis.stop()
      }
    },
  )

  it('keeps nothing of audio that was cut off', needs(['redis']), async () => {
    const redis = await startRedis()
    const router = await startRouter({ redisUrl: redis.url })
    try {
      await expect
        .poll(async () => (await ask(router, true)).cache, { timeout: 10_000 })
        .toBe('hit')
      const left = new AbortController()
      const text = 'a long sentence '.repeat(100)
      const answer = await router.post({ text, language: 'en' }, { signal: left.signal })
      await answer.body?.getReader().read()
      left.abort()
      await expect.poll(() => router.riva.running()).toBe(0)
      const again = await router.post({ text, language: 'en' })
      expect(again.headers.get('x-cache')).toBe('miss')
      await again.arrayBuffer()
    } finally {
      await router.close()
      await redis.stop()
    }
  })

  it.each([
    [{ language: 'en' }, 400, 'text'],
    [{ text: 'Hello', language: 'fr' }, 400, 'there are: en'],
    [{ text: 'Hello', language: 'en', voice: 'nobody' }, 400, 'Hum.EN-US.Low'],
    [{ text: 'Hello', language: 'en', pitch: 2 }, 400, 'pitch'],
  ])('refuses %j with a message that names the fault', async (body, status, named) => {
    const router = await startRouter()
    try {
      const answer = await router.post(body)
      expect(answer.status).toBe(status)
      expect(JSON.stringify(await answer.json())).toContain(named)
    } finally {
      await router.close()
    }
  })

  it('answers 503 when the engine fails, counts it, and speaks again afterwards', async () => {
    const router = await startRouter()
    try {
      router.riva.failNext(Status.UNAVAILABLE)
      const failed = await router.post({ text: 'Hello', language: 'en' })
      expect(failed.status).toBe(503)
      expect(await failed.json()).toMatchObject({ code: 'unavailable' })
      expect(await router.metric('voice_gateway_tts_errors_total')).toBe(1)
      expect((await router.post({ text: 'Hello', language: 'en' })).status).toBe(200)
    } finally {
      await router.close()
    }
  })

  it('stops the engine when the client leaves before the first byte', async () => {
    const router = await startRouter()
    try {
      router.riva.failNext('hang')
      const left = new AbortController()
      const asking = router.post({ text: 'Hello', language: 'en' }, { signal: left.signal })
      await expect.poll(() => router.riva.running()).toBe(1)
      left.abort()
      await expect(asking).rejects.toThrow()
      await expect.poll(() => router.riva.running()).toBe(0)
    } finally {
      await router.close()
    }
  })

  it('names every faulty variable at once', () => {
    const read = () =>
      readConfig({ TTS_ROUTER_PORT: 'x', RIVA_URI: 'grpc://riva', REDIS_URL: 'http://x' })
    expect(read).toThrow(/TTS_ROUTER_PORT[\s\S]*RIVA_URI[\s\S]*REDIS_URL|REDIS_URL/)
    for (const name of ['TTS_ROUTER_PORT', 'RIVA_URI', 'REDIS_URL']) expect(read).toThrow(name)
  })
})

async function ask(router: Awaited<ReturnType<typeof startRouter>>, cache: boolean) {
  const answer = await router.post({ text: 'Hello', language: 'en', cache })
  return {
    cache: answer.headers.get('x-cache'),
    audio: Buffer.from(await answer.arrayBuffer()),
  }
}
