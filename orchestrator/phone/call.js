import { Room, RoomEvent, Track } from './livekit-client.esm.mjs'

/** An agent that has not come by then is not coming. */
const ringingTimeoutMs = 30_000
const transcriptionTopic = 'lk.transcription'

/**
 * @typedef {'ringing' | 'active' | 'ended'} CallState
 * @typedef {{
 *   onState: (state: CallState, reason?: string) => void,
 *   onSegment: (segment: { key: string, speaker: 'agent' | 'caller', text: string, isFinal: boolean }) => void,
 * }} CallListener
 */

/**
 * Joins a room of its own with the microphone and waits for the agent to speak.
 * @param {{ microphone: MediaStreamTrack, audio: HTMLElement, listener: CallListener }} options
 */
export async function placeCall({ microphone, audio, listener }) {
  const { server_url: serverUrl, participant_token: token } = await requestToken()
  const room = new Room({ disconnectOnPageLeave: true })
  let isOver = false
  let isAnswered = false

  /** @param {string} [reason] */
  const end = (reason) => {
    if (isOver) return
    isOver = true
    clearTimeout(ringing)
    microphone.stop()
    audio.replaceChildren()
    listener.onState('ended', reason)
    void room.disconnect()
  }
  const ringing = setTimeout(
    () => end('Nobody answered. Is the agent running? ./trunkline status tells.'),
    ringingTimeoutMs,
  )

  room.on(RoomEvent.TrackSubscribed, (track) => {
    if (track.kind !== Track.Kind.Audio) return
    audio.append(track.attach())
    if (isAnswered) return
    isAnswered = true
    clearTimeout(ringing)
    listener.onState('active')
  })
  room.on(RoomEvent.TrackUnsubscribed, (track) => {
    for (const element of track.detach()) element.remove()
  })
  room.on(RoomEvent.Disconnected, () => end())
  room.registerTextStreamHandler(transcriptionTopic, async (reader, { identity }) => {
    const { id, attributes = {} } = reader.info
    const speaker = identity === room.localParticipant.identity ? 'caller' : 'agent'
    const key = `${identity} ${attributes['lk.segment_id'] ?? id}`
    let text = ''
    for await (const chunk of reader) {
      text += chunk
      listener.onSegment({ key, speaker, text, isFinal: false })
    }
    // The caller's interim results are streams of their own under one segment; the agent's is one that grows.
    const isFinal = speaker === 'agent' || attributes['lk.transcription_final'] === 'true'
    listener.onSegment({ key, speaker, text, isFinal })
  })

  try {
    await room.connect(serverUrl, token)
    listener.onState('ringing')
    await room.localParticipant.publishTrack(microphone, { source: Track.Source.Microphone })
    await room.startAudio()
  } catch (error) {
    end('')
    throw error
  }
  // A microphone that is unplugged in mid-call would leave the caller talking to nobody.
  microphone.addEventListener('ended', () => end('The microphone has gone.'), { once: true })

  return {
    hangUp: () => end(),
    /** @param {boolean} isMuted */
    setMuted: (isMuted) => room.localParticipant.setMicrophoneEnabled(!isMuted),
  }
}

async function requestToken() {
  const response = await fetch('/v1/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  const body = await response.json().catch(() => ({}))
  if (!response.ok) throw new Error(body.error?.message ?? `the server answered ${response.status}`)
  return body
}
