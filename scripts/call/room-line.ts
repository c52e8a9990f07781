import type { RemoteTrack, Room } from '@livekit/rtc-node'
import { type Stack, tokenResponse } from '@trunkline/contracts'
import { epochNow, inBackground } from '@trunkline/runtime'
import {
  type CallEnd,
  type CallState,
  type CallTimings,
  createOutgoingAudio,
  isVoiced,
  type RecordedAudio,
  startPacer,
} from '@trunkline/telephony'
import { createAudioHub } from './audio-hub.ts'
import { CallFailure } from './call-failure.ts'
import type { Line } from './line.ts'

const sampleRateHz = 8000
const packetMs = 20
const packetSamples = (sampleRateHz * packetMs) / 1000
const keyCodes = '0123456789*#ABCD'

/** rtc-node writes debug lines to standard output, which is ours, unless NODE_ENV is "production". */
async function importRtc() {
  process.env['NODE_ENV'] ??= 'production'
  return import('@livekit/rtc-node')
}

/**
 * Calls as a room participant, the way a browser does. It is answered when the agent's audio is there.
 * @throws {CallFailure} `not-ready` when the orchestrator gives no token or the room cannot be joined
 */
export async function openRoomLine(
  stack: Stack,
  { answerTimeoutMs, signal }: { answerTimeoutMs: number; signal: AbortSignal },
): Promise<Line> {
  const inviteAt = epochNow()
  const { server_url, participant_token } = await fetchToken(stack, signal)
  const rtc = await importRtc()
  const room = new rtc.Room()
  const timings: { -readonly [Name in keyof CallTimings]: CallTimings[Name] } = { inviteAt }
  const recording = { sent: [] as RecordedAudio[], received: [] as RecordedAudio[] }
  const trace: string[] = []
  const note = (text: string) => void trace.push(`${new Date().toISOString()} ${text}`)
  const hub = createAudioHub()
  const outgoing = createOutgoingAudio({ ssrc: 0, sequence: 0, timestamp: 0 })
  outgoing.setFormat({ codec: 'PCMU', payloadType: 0, eventPayloadType: undefined })
  const source = new rtc.AudioSource(sampleRateHz, 1)
  let state: CallState = { kind: 'calling' }
  let answer: { resolve: () => void; reject: (error: unknown) => void } | undefined
  let onEnded: (end: CallEnd) => void = () => undefined
  const answered = new Promise<void>((resolve, reject) => {
    answer = { resolve, reject }
  })
  answered.catch(() => undefined) // whoever waits is told; nobody may be waiting
  const ended = new Promise<CallEnd>((resolve) => {
    onEnded = resolve
  })

  const end = (by: CallEnd['by'], code: CallEnd['code']) => {
    if (state.kind === 'ended') return
    const how = { by, code, at: epochNow() }
    const wasAnswered = state.kind === 'answered'
    state = { kind: 'ended', end: how }
    timings.endedAt = how.at
    note(`ended by ${by}`)
    clearTimeout(answerTimer)
    pacer?.stop()
    outgoing.close()
    hub.close()
    if (!wasAnswered) {
      answer?.reject(new CallFailure('not-answered', `no agent spoke up in the room (${code})`))
    }
    onEnded(how)
  }

  const listen = async (track: RemoteTrack) => {
    const options = { sampleRate: sampleRateHz, numChannels: 1, frameSizeMs: packetMs }
    const reader = new rtc.AudioStream(track, options).getReader()
    for (let timestamp = 0; ; ) {
      const { value, done } = await reader.read()
      if (done || state.kind === 'ended') return
      const audio = { pcm: value.data, at: epochNow(), timestamp, ssrc: 1, lost: 0 }
      timestamp += value.data.length
      timings.firstPacketAt ??= audio.at
      if (isVoiced(audio.pcm)) timings.firstVoicedAt ??= audio.at
      recording.received.push(audio)
      hub.push(audio)
    }
  }

  room.on(rtc.RoomEvent.Disconnected, () => end('remote', 'hangup'))
  room.on(rtc.RoomEvent.TrackSubscribed, (track) => {
    if (track.kind !== rtc.TrackKind.KIND_AUDIO) return
    note('the agent’s audio is there')
    if (state.kind === 'calling') {
      state = { kind: 'answered' }
      timings.answeredAt = epochNow()
      clearTimeout(answerTimer)
      answer?.resolve()
    }
    inBackground(listen(track), { signal, onError: () => note('the agent’s audio broke off') })
  })
  const answerTimer = setTimeout(() => {
    end('local', 'not-answered')
    inBackground(room.disconnect(), { onError: () => note('leaving the room failed') })
  }, answerTimeoutMs)

  let pacer: ReturnType<typeof startPacer> | undefined
  try {
    await room.connect(server_url, participant_token, { autoSubscribe: true, dynacast: false })
    note('joined the room')
    await publish(rtc, room, source)
  } catch (cause) {
    end('local', 'transport')
    throw new CallFailure('not-ready', 'the room cannot be joined', { cause })
  }
  pacer = startPacer({
    intervalMs: packetMs,
    maxLateMs: 200,
    now: epochNow,
    onSlot: (_slot, skipped) => {
      const at = epochNow()
      const next = outgoing.next(at, skipped)
      if (!next) return
      const { pcm, packet } = next
      recording.sent.push({ pcm, at, timestamp: packet.timestamp, ssrc: 0 })
      const frame = new rtc.AudioFrame(pcm.slice(), sampleRateHz, 1, packetSamples)
      inBackground(source.captureFrame(frame), { onError: () => note('a frame was refused') })
    },
  })

  const hangup = async () => {
    end('local', 'hangup')
    await room.disconnect()
    return ended
  }
  signal.addEventListener('abort', () => inBackground(hangup(), { onError: () => undefined }), {
    once: true,
  })

  return {
    get state() {
      return state
    },
    query: { room: room.name ?? '' },
    ...{ timings, answered, ended, recording, trace, hangup },
    audio: () => hub.read(),
    play: outgoing.play,
    async sendDtmf(keys) {
      for (const key of keys.toUpperCase()) {
        const code = keyCodes.indexOf(key)
        if (code >= 0) await room.localParticipant?.publishDtmf(code, key)
      }
    },
    async close() {
      await hangup()
      await source.close()
      await rtc.dispose()
    },
  }
}

async function publish(
  rtc: Awaited<ReturnType<typeof importRtc>>,
  room: Room,
  source: InstanceType<Awaited<ReturnType<typeof importRtc>>['AudioSource']>,
): Promise<void> {
  const options = new rtc.TrackPublishOptions()
  options.source = rtc.TrackSource.SOURCE_MICROPHONE
  const track = rtc.LocalAudioTrack.createAudioTrack('caller', source)
  await room.localParticipant?.publishTrack(track, options)
}

async function fetchToken(stack: Stack, signal: AbortSignal) {
  const url = new URL('/v1/token', stack.urls.orchestrator)
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ participant_name: 'caller' }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
    })
    if (!response.ok) throw new Error(`status ${response.status}`)
    return tokenResponse.parse(await response.json())
  } catch (cause) {
    signal.throwIfAborted()
    throw new CallFailure('not-ready', 'the orchestrator gives no token for a room', { cause })
  }
}
