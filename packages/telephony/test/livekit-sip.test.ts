import {
  AudioFrame,
  AudioSource,
  AudioStream,
  dispose,
  LocalAudioTrack,
  type RemoteTrack,
  Room,
  RoomEvent,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node'
import { needs } from '@trunkline/testkit'
import { AccessToken } from 'livekit-server-sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Call, type Codec, createPhone, levelDbfs, type Phone } from '../src/index.ts'
import { type LivekitChain, startLivekitChain } from './livekit-chain.ts'
import { waitFor } from './programs.ts'

/** A room participant that plays a tone for as long as it is there. */
async function joinWithTone({ url, keys }: LivekitChain, roomName: string) {
  const token = new AccessToken(keys.apiKey, keys.apiSecret, { identity: 'tone' })
  token.addGrant({ roomJoin: true, room: roomName })
  const room = new Room()
  const digits: string[] = []
  const tracks: RemoteTrack[] = []
  room.on(RoomEvent.DtmfReceived, (_code, digit) => digits.push(digit))
  room.on(RoomEvent.TrackSubscribed, (track) => tracks.push(track))
  await room.connect(url, await token.toJwt(), { autoSubscribe: true, dynacast: false })
  const source = new AudioSource(48000, 1)
  const options = new TrackPublishOptions()
  options.source = TrackSource.SOURCE_MICROPHONE
  await room.localParticipant?.publishTrack(
    LocalAudioTrack.createAudioTrack('tone', source),
    options,
  )
  let isOn = true
  const playing = (async () => {
    for (let at = 0; isOn; at += 480) {
      const samples = Int16Array.from({ length: 480 }, (_, index) =>
        Math.round(8000 * Math.sin((2 * Math.PI * 440 * (at + index)) / 48000)),
      )
      await source.captureFrame(new AudioFrame(samples, 48000, 1, 480))
    }
  })()
  const leave = async () => {
    isOn = false
    await playing.catch(() => undefined) // the source refuses frames once the room is gone
    await room.disconnect()
  }
  return { digits, tracks, leave }
}

describe('a call through livekit-sip', needs(['sip', 'livekit-server', 'redis']), () => {
  let chain: LivekitChain
  let phone: Phone
  beforeAll(async () => {
    chain = await startLivekitChain()
    phone = await createPhone()
  })
  afterAll(async () => {
    await phone?.close()
    await chain?.close()
    await dispose()
  })

  const dial = (password: string, codecs: readonly Codec[] = ['PCMU', 'PCMA']) =>
    phone.call({
      codecs,
      to: '100',
      from: '+4915112345678',
      ...chain.sip,
      credentials: { ...chain.credentials, password },
      ringTimeoutMs: 20_000,
      record: true,
    })
  /** Joins the room that the dispatch rule made for this call. */
  const join = async (call: Call) => {
    const name = await waitFor('the room', async () => {
      if (call.state.kind === 'ended') throw new Error('the call is over')
      return (await chain.rooms.listRooms()).find((room) => room.name.startsWith('call_100_'))?.name
    })
    return { name, ...(await joinWithTone(chain, name)) }
  }

  it('is answered, heard both ways, takes keys and hold, and ends by the caller', async () => {
    const call = await dial(chain.credentials.password)
    const { name, digits, tracks, leave } = await join(call)
    await call.answered
    expect(call.timings.challengedAt).toBeDefined()
    expect(call.timings.ringingAt).toBeDefined()

    for await (const { pcm } of call.audio()) if (levelDbfs(pcm) > -30) break
    expect(call.timings.firstVoicedAt).toBeGreaterThanOrEqual(call.timings.answeredAt ?? 0)

    const track = await waitFor('the caller’s track', async () => tracks[0])
    const reader = new AudioStream(track, 48000, 1).getReader()
    const speech = Int16Array.from({ length: 8000 }, (_, index) => 9000 * Math.sin(index / 2))
    const played = call.play(speech)
    for (let isHeard = false; !isHeard; ) {
      const { value, done } = await reader.read()
      if (done) throw new Error('the track ended')
      isHeard = levelDbfs(value.data) > -30
    }
    await reader.cancel()
    expect(await played).toMatchObject({ isComplete: true })

    await call.sendDtmf('12#')
    await waitFor('three keys', async () => (digits.length === 3 ? true : undefined))
    expect(digits).toEqual(['1', '2', '#'])

    await call.hold()
    await call.unhold()
    expect(await call.hangup()).toMatchObject({ by: 'local', code: 'hangup' })
    await waitFor('the caller to be gone', async () => {
      const present = await chain.rooms.listParticipants(name)
      return present.length === 1 ? true : undefined
    })
    expect(call.mediaCounts.unknown).toBe(0)
    await leave()
    await chain.rooms.deleteRoom(name)
  })

  it('is in G.722 where the caller offers it, last too, and carries what lies above 4 kHz', async () => {
    const call = await dial(chain.credentials.password, ['PCMU', 'PCMA', 'G722'])
    const { name, tracks, leave } = await join(call)
    await call.answered
    for await (const { pcm, wideband } of call.audio()) {
      if (levelDbfs(pcm) <= -30) continue
      expect(wideband?.length).toBe(2 * pcm.length)
      break
    }
    const track = await waitFor('the caller’s track', async () => tracks[0])
    const reader = new AudioStream(track, 48000, 1).getReader()
    const hiss = Int16Array.from({ length: 32_000 }, (_, index) =>
      Math.round(9000 * Math.sin((2 * Math.PI * 6000 * index) / 16_000)),
    )
    const played = call.play(hiss, { sampleRateHz: 16_000 })
    for (let isHeard = false; !isHeard; ) {
      const { value, done } = await reader.read()
      if (done) throw new Error('the track ended')
      isHeard = levelDbfs(value.data) > -20
    }
    await reader.cancel()
    await played
    expect(call.mediaCounts.unknown).toBe(0)
    await call.hangup()
    await leave()
    await chain.rooms.deleteRoom(name)
  })

  it('is ended by the room with BYE', async () => {
    const call = await dial(chain.credentials.password)
    const { name, leave } = await join(call)
    await call.answered
    await chain.rooms.deleteRoom(name)
    expect(await call.ended).toMatchObject({ by: 'remote', code: 'hangup' })
    await leave()
  })

  it('is cancelled while it rings', async () => {
    const call = await dial(chain.credentials.password)
    await new Promise<void>((resolve) => {
      call.subscribe((event) => {
        if (event.type === 'ringing') resolve()
      })
    })
    expect(await call.hangup()).toMatchObject({ by: 'local', code: 'cancelled', status: 487 })
  })

  it('is refused with a wrong password', async () => {
    const call = await dial('wrong-password')
    expect(await call.ended).toMatchObject({ by: 'remote', code: 'unauthorized' })
  })

  it('is answered by OPTIONS', async () => {
    expect(await phone.ping(chain.sip)).toBe(200)
  })
})
