import { setTimeout as sleep } from 'node:timers/promises'
import {
  type RemoteTrackPublication,
  Room,
  RoomEvent,
  type RpcInvocationData,
  TrackKind,
} from '@livekit/rtc-node'
import { leaveRoom } from '@trunkline/runtime'
import type { LiveKitConfig } from '../config.ts'
import { createMixer } from '../media/mixer.ts'
import { createToCaller } from '../media/to-caller.ts'
import { type CallStatus, statusAttribute } from '../routing/attributes.ts'
import { createMicrophone, listenTo } from './room-audio.ts'
import { type Newcomer, writeToken } from './token.ts'

/** A SIP participant in its room. */
export interface RoomLeg {
  readonly participantId: string
  /** Aborts when somebody has published audio: who calls may be answered. */
  readonly heard: AbortSignal
  /** Aborts when the participant is out of the room, whoever made it so. */
  readonly over: AbortSignal
  /** The next 20 ms of all that is said in the room. */
  readonly nextFrame: ReturnType<typeof createToCaller>
  push(frame: Int16Array): void
  publish(): Promise<void>
  /** Nothing, once the participant is out of the room. */
  setStatus(status: CallStatus, more?: Readonly<Record<string, string>>): Promise<void>
  sendDtmf(digit: string): void
  /** A room RPC that this participant answers. */
  answer(method: string, handler: (call: RpcInvocationData) => Promise<string>): void
  onDtmf(listener: (digit: string) => void): void
  /** Says `hangup` and leaves; once, however often it is asked to. */
  leave(): Promise<void>
}

const farewellMs = 1000
const dtmfKeys = '0123456789*#ABCD'

/** @throws when the room cannot be joined */
export async function joinRoom(livekit: LiveKitConfig, newcomer: Newcomer): Promise<RoomLeg> {
  const room = new Room()
  const mixer = createMixer()
  const microphone = createMicrophone(newcomer.identity)
  const heard = new AbortController()
  const over = new AbortController()
  const listening = new Map<string, () => void>()

  const subscribe = (publication: RemoteTrackPublication) => {
    if (publication.kind !== TrackKind.KIND_AUDIO) return
    publication.setSubscribed(true)
    heard.abort()
  }
  const stopListening = (sid: string) => {
    listening.get(sid)?.()
    listening.delete(sid)
  }
  room.on(RoomEvent.TrackPublished, subscribe)
  room.on(RoomEvent.TrackSubscribed, (track, { sid }) => {
    if (track.kind !== TrackKind.KIND_AUDIO || sid === undefined) return
    stopListening(sid)
    listening.set(sid, listenTo(track, mixer))
  })
  room.on(RoomEvent.TrackUnsubscribed, (_track, { sid }) => stopListening(sid ?? ''))
  room.on(RoomEvent.Disconnected, () => over.abort())
  over.signal.addEventListener('abort', () => [...listening.keys()].forEach(stopListening), {
    once: true,
  })
  const token = await writeToken(livekit, newcomer)
  try {
    await room.connect(livekit.url, token, { autoSubscribe: false, dynacast: false })
  } catch (error) {
    await microphone.close()
    throw error
  }
  const participant = room.localParticipant
  if (!participant) throw new Error('the room has no place for the participant')
  for (const remote of room.remoteParticipants.values()) {
    for (const publication of remote.trackPublications.values()) subscribe(publication)
  }

  const leave = async () => {
    if (!over.signal.aborted) {
      const farewell = participant.setAttributes({ [statusAttribute]: 'hangup' })
      // A server that does not answer must not keep the participant in the room.
      await Promise.race([farewell.catch(() => {}), sleep(farewellMs, undefined, { ref: false })])
    }
    over.abort()
    await leaveRoom(room)
    await microphone.close()
  }
  let leaving: Promise<void> | undefined

  return {
    participantId: participant.sid ?? '',
    heard: heard.signal,
    over: over.signal,
    nextFrame: createToCaller(mixer),
    push: microphone.push,
    publish: () => microphone.publish(participant),
    async setStatus(status, more = {}) {
      if (over.signal.aborted) return
      try {
        await participant.setAttributes({ ...more, [statusAttribute]: status })
      } catch (error) {
        if (!over.signal.aborted) throw error // else the room went away meanwhile
      }
    },
    sendDtmf(digit) {
      const code = dtmfKeys.indexOf(digit)
      participant.publishDtmf(code, digit.toLowerCase()).catch(() => {
        // The room is being left: nobody is there to hear of the key.
      })
    },
    answer: (method, handler) => participant.registerRpcMethod(method, handler),
    onDtmf: (listener) => void room.on(RoomEvent.DtmfReceived, (_code, digit) => listener(digit)),
    leave() {
      leaving ??= leave()
      return leaving
    },
  }
}
