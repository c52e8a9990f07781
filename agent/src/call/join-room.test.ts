import type { JobContext } from '@livekit/agents'
import { Room } from '@livekit/rtc-node'
import { createLogger } from '@trunkline/telemetry'
import { describe, expect, it, vi } from 'vitest'
import { joinRoom } from './join-room.ts'

/** A room that was deleted while it was being joined. */
const hanging: Pick<JobContext, 'connect' | 'room'> = {
  connect: () => new Promise(() => {}),
  get room(): never {
    throw new Error('not joined')
  },
}
const logger = createLogger('test', { level: 'silent' })
const onVoice = () => {
  throw new Error('no voice without a room')
}

describe('joinRoom', () => {
  it('gives up on a room that cannot be joined in time, and at once when the call is over', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    const { signal } = new AbortController()
    const late = joinRoom(hanging, { signal, onVoice, logger })
    await vi.advanceTimersByTimeAsync(4500)
    expect(await late).toBeUndefined()
    vi.useRealTimers()

    expect(
      await joinRoom(hanging, { signal: AbortSignal.abort(), onVoice, logger }),
    ).toBeUndefined()
  })

  it('gives up on a room that refuses it, or its track, without failing the call', async () => {
    const { signal } = new AbortController()
    const connect = () => Promise.reject(new Error('no ICE'))
    const room = new Room() // nobody of it is here, so nobody can publish
    expect(await joinRoom({ connect, room }, { signal, onVoice, logger })).toBeUndefined()
    const joined = { connect: () => Promise.resolve(), room }
    expect(await joinRoom(joined, { signal, onVoice, logger })).toBeUndefined()
  })
})
