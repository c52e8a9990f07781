import { dispose } from '@livekit/rtc-node'
import { whenAborted } from '@trunkline/runtime'
import { needs } from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type LivekitChain,
  startLivekitChain,
} from '../../../packages/telephony/test/livekit-chain.ts'
import { createRoomLegs } from '../src/livekit/room-legs.ts'

/** Of rtc-node's native client: a room that is left behind has one. */
const listeners = () => globalThis._ffiClientInstance?.listenerCount('ffi_event') ?? 0

describe('participants in rooms', needs(['livekit-server', 'redis']), () => {
  let chain: LivekitChain

  beforeAll(async () => {
    chain = await startLivekitChain({ startGateway: async () => ({ port: 0 }) })
  })
  afterAll(async () => {
    await chain?.close()
    await dispose()
  })

  it('leave nothing behind in rooms that livekit-server has ended', async () => {
    const legs = createRoomLegs({ url: chain.url, ...chain.keys })
    for (const room of ['one', 'two', 'three']) {
      const newcomer = { room, identity: 'sip_1', name: '', metadata: '', attributes: {} }
      const leg = await legs.join(newcomer)
      await leg.publish()
      await chain.rooms.deleteRoom(room)
      await whenAborted(leg.over)
      await leg.leave()
    }
    expect(listeners()).toBe(0)
  })
})
