import { describe } from 'vitest'
import { testLiveKit } from '../src/livekit/compliance.ts'
import { startFakeLiveKit } from '../src/livekit/fake-livekit.ts'
import { startLiveKitServer } from '../src/livekit/livekit-server.ts'
import { needs } from '../src/needs.ts'

describe('the fake of livekit-server', () => {
  testLiveKit(startFakeLiveKit)
})

describe('livekit-server', needs(['livekit-server', 'redis']), () => {
  testLiveKit(startLiveKitServer)
})
