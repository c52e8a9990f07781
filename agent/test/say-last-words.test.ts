import { dispose } from '@livekit/rtc-node'
import { createLogger } from '@trunkline/telemetry'
import { needs } from '@trunkline/testkit'
import { RoomServiceClient } from 'livekit-server-sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sayLastWords } from '../src/last-words/say-last-words.ts'
import { startLivekit, type TestLivekit } from './livekit.ts'
import { tone } from './tone-router.ts'

/** Of rtc-node's native client: a room that is left behind has one. */
const listeners = () => globalThis._ffiClientInstance?.listenerCount('ffi_event') ?? 0

describe('last words', needs(['livekit-server', 'redis']), () => {
  let livekit: TestLivekit

  beforeAll(async () => {
    livekit = await startLivekit()
  })
  afterAll(async () => {
    await livekit?.stop()
    await dispose()
  })

  it('leave nothing behind in rooms that livekit-server has ended meanwhile', async () => {
    const { url, apiKey, apiSecret } = livekit
    const rooms = new RoomServiceClient(url.replace('ws', 'http'), apiKey, apiSecret)
    for (const room of ['one', 'two', 'three']) {
      const token = await livekit.token({ room, identity: 'last-words', agent: 'nobody' })
      const saying = sayLastWords(
        { url, token, metadata: '' },
        {
          lines: { read: async () => tone(500) },
          logger: createLogger('last-words', { level: 'silent' }),
          signal: new AbortController().signal,
        },
      )
      // Nobody hears its track: it waits for that before it speaks.
      await expect.poll(() => rooms.listParticipants(room)).toMatchObject([{ tracks: [{}] }])
      await rooms.deleteRoom(room)
      await saying
    }
    expect(listeners()).toBe(0)
  })
})
