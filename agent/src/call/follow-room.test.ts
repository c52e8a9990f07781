import { EventEmitter } from 'node:events'
import { DisconnectReason, RoomEvent } from '@livekit/rtc-node'
import { createLogger } from '@trunkline/telemetry'
import { describe, expect, it } from 'vitest'
import type { Outgoing } from '../channel/outgoing.ts'
import { createEnding } from './ending.ts'
import { followRoom } from './follow-room.ts'

function create() {
  const room = new EventEmitter()
  const last: Outgoing[] = []
  const shutdowns: string[] = []
  const onError = (error: unknown) => expect.fail(String(error))
  const ending = createEnding({
    sendLast: (message) => void last.push(message),
    flushed: async () => true,
    stopSpeaking() {},
    endRecording: async () => {},
    shutdown: (reason) => void shutdowns.push(reason),
    dispose: async () => {},
    onError,
  })
  followRoom(room, {
    ...{ ending, onError, logger: createLogger('agent', { level: 'silent' }) },
  })
  const disconnect = async (reason: DisconnectReason | undefined) => {
    room.emit(RoomEvent.Disconnected, reason)
    await ending.closed
    return last
  }
  return { ending, shutdowns, disconnect }
}

describe('a job that is out of its room', () => {
  it.each([
    DisconnectReason.UNKNOWN_REASON,
    DisconnectReason.SIGNAL_CLOSE,
    DisconnectReason.PARTICIPANT_REMOVED,
    DisconnectReason.SERVER_SHUTDOWN,
    undefined,
  ])('goes without a word, as if it were killed, for reason %s', async (reason) => {
    const { disconnect, shutdowns } = create()
    expect(await disconnect(reason)).toEqual([])
    expect(shutdowns).toEqual(['disconnected'])
  })

  it.each([DisconnectReason.ROOM_DELETED, DisconnectReason.ROOM_CLOSED])(
    'ends the call when the room has ended (%s)',
    async (reason) => {
      const ended = { type: 'call-ended', reason: 'room-deleted' }
      expect(await create().disconnect(reason)).toEqual([ended])
    },
  )

  it('leaves when it was asked to', async () => {
    const { disconnect } = create()
    expect(await disconnect(DisconnectReason.CLIENT_INITIATED)).toEqual([
      { type: 'leaving', reason: 'shutdown' },
    ])
  })

  it('ends a call that was to be hung up, or that has no voice any more', async () => {
    const goodbye = create()
    goodbye.ending.hangingUp()
    expect(await goodbye.disconnect(undefined)).toEqual([
      { type: 'call-ended', reason: 'disconnected' },
    ])
    const voiceless = create()
    voiceless.ending.blame('voiceless')
    expect(await voiceless.disconnect(undefined)).toEqual([
      { type: 'call-ended', reason: 'voiceless' },
    ])
  })
})
