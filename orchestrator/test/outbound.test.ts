import { callList } from '@trunkline/contracts'
import { needs, startFakeLiveKit, startRedis, type TestRedis } from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { livekitKey, livekitSecret, operatorToken, startTestService } from './support/service.ts'

const headers = {
  authorization: `Bearer ${operatorToken}`,
  'content-type': 'application/json',
}

describe('a call that is dialled out', needs(['redis']), () => {
  let redis: TestRedis
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis?.stop())

  it('is on record with its end when it was refused before its agent came', async () => {
    // It makes rooms and dials nothing: every call is refused at once.
    const livekit = await startFakeLiveKit({ apiKey: livekitKey, apiSecret: livekitSecret })
    onTestFinished(() => livekit.close())
    const env = { LIVEKIT_URL: livekit.url, SIP_OUTBOUND_TRUNK_ID: 'ST_carrier' }
    const service = await startTestService({ redisUrl: redis.url, env })
    const response = await fetch(new URL('/v1/calls', service.url), {
      ...{ method: 'POST', headers },
      body: JSON.stringify({ line: 'harbour-hotel', to: '+493023125001' }),
    })
    expect(response.status).toBe(202)
    const { room } = Object(await response.json())
    await expect
      .poll(
        async () =>
          callList.parse(await (await service.get(`/v1/calls?room=${room}`)).json()).calls,
        { timeout: 10_000 },
      )
      .toEqual([
        expect.objectContaining({
          ...{ room, line: 'harbour-hotel', direction: 'outbound' },
          ...{ state: 'failed', endReason: 'trunk-rejected' },
        }),
      ])
  })
})
