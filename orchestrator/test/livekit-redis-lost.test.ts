import { setTimeout as sleep } from 'node:timers/promises'
import {
  AudioSource,
  dispose,
  LocalAudioTrack,
  Room,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node'
import { createLogger } from '@trunkline/telemetry'
import { createPhone } from '@trunkline/telephony'
import { needs, startLiveKitServer, startRedis, type TestLiveKit } from '@trunkline/testkit'
import { AccessToken, SipClient } from 'livekit-server-sdk'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { createRooms } from '../src/livekit/rooms.ts'
import { startLiveKitSip } from './support/livekit-sip.ts'
import { livekitKey, livekitSecret, startTestService } from './support/service.ts'

const keys = { apiKey: livekitKey, apiSecret: livekitSecret }
const credentials = { username: 'caller', password: 'a-password-for-tests' }

/** Tries again: a livekit-server whose Redis came back empty has no node for a room until it registers itself. */
async function join(url: string, token: string): Promise<Room> {
  for (let tries = 0; ; tries += 1) {
    const room = new Room()
    try {
      await room.connect(url, token, { autoSubscribe: false, dynacast: false })
      return room
    } catch (error) {
      if (tries === 20) throw error
      await sleep(500)
    }
  }
}

/** Joins like an agent: its audio track is what makes livekit-sip answer. */
async function answer({ url }: TestLiveKit, name: string): Promise<Room> {
  const token = new AccessToken(livekitKey, livekitSecret, { identity: 'answerer' })
  token.addGrant({ roomJoin: true, room: name })
  const room = await join(url, await token.toJwt())
  const options = new TrackPublishOptions()
  options.source = TrackSource.SOURCE_MICROPHONE
  const track = LocalAudioTrack.createAudioTrack('voice', new AudioSource(48_000, 1))
  await room.localParticipant?.publishTrack(track, options)
  return room
}

describe('LiveKit’s Redis', needs(['redis', 'livekit-server', 'sip']), () => {
  afterAll(() => dispose())

  it('is killed and comes back empty: the call goes on, is hung up, and the next one is answered', async () => {
    const ours = await startRedis()
    onTestFinished(() => ours.stop())
    const livekit = await startLiveKitServer(keys)
    onTestFinished(() => livekit.close())
    const sip = await startLiveKitSip(livekit)
    onTestFinished(() => sip.close())
    const logger = createLogger('test', { level: 'silent' })
    const rooms = createRooms({ url: livekit.url, ...keys, redisUrl: livekit.redis.url, logger })
    const { username, password } = credentials
    await startTestService({
      redisUrl: ours.url,
      env: {
        ...{ LIVEKIT_URL: livekit.url },
        ...{ SIP_TRUNK_USERNAME: username, SIP_TRUNK_PASSWORD: password },
      },
      overrides: { rooms, reconcileMs: 500 },
    })
    const client = new SipClient(livekit.url.replace('ws', 'http'), livekitKey, livekitSecret)
    const provisioned = async () => {
      while ((await client.listSipDispatchRule().catch(() => [])).length === 0) await sleep(50)
    }
    const phone = await createPhone()
    onTestFinished(() => phone.close())
    const used = new Set<string>()
    const dial = async () => {
      const call = await phone.call({
        ...{ to: '100', from: '+4915112345678', host: sip.host, port: sip.port },
        ...{ credentials, ringTimeoutMs: 30_000 },
      })
      for (;;) {
        if (call.state.kind === 'ended') throw new Error(`the call ended: ${call.state.kind}`)
        const listed = await rooms.list().catch(() => [])
        const name = listed.find((room) => !used.has(room.name))?.name
        if (name !== undefined) {
          used.add(name)
          const room = await answer(livekit, name)
          onTestFinished(() => room.disconnect())
          await call.answered
          return { call, name }
        }
        await sleep(50)
      }
    }

    await provisioned()
    const before = await dial()
    await rooms.participants(before.name) // as the reconciler or a webhook does: the telephone is known
    await livekit.redis.stop()
    const again = await startRedis({ port: livekit.redis.port })
    onTestFinished(() => again.stop())
    await provisioned()
    expect(before.call.state.kind).toBe('answered')
    await rooms.delete(before.name) // not found, so it is hung up by the room RPC
    expect(await before.call.ended).toMatchObject({ by: 'remote', code: 'hangup' })
    // Until livekit-server has registered itself in its new Redis, it refuses by itself (486).
    const dialAgain = async (tries: number): Promise<Awaited<ReturnType<typeof dial>>> => {
      try {
        return await dial()
      } catch (error) {
        if (tries === 0) throw error
        await sleep(1000)
        return dialAgain(tries - 1)
      }
    }
    const after = await dialAgain(10)
    expect(after.call.state.kind).toBe('answered')
    await rooms.delete(after.name)
    await after.call.ended
  }, 90_000)
})
