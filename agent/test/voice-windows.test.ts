import { initializeLogger, log } from '@livekit/agents'
import { needs } from '@trunkline/testkit'
import { describe, expect, it, vi } from 'vitest'
import { hearingRateHz } from '../src/listening/caller-track.ts'
import { createVoiceWindows } from '../src/listening/voice-windows.ts'
import { espeak } from './room-caller.ts'

describe('windows of a caller’s voice', needs(['espeak-ng']), () => {
  it('go on through a long sentence without a word of the library’s that it keeps no more of it', async () => {
    initializeLogger({ pretty: false, level: 'silent' })
    const warn = vi.spyOn(log(), 'warn')
    const samples = espeak(
      'And then comes a far longer sentence that goes on for quite a good long while without a pause.',
    )
    const windows = createVoiceWindows({ echoOf: () => 0 })
    const windowSamples = 512
    const count = Math.floor(samples.length / windowSamples)
    for (let at = 0; at < samples.length; at += hearingRateHz / 50) {
      windows.push(samples.slice(at, at + hearingRateHz / 50))
    }
    const probabilities: number[] = []
    for await (const { probability } of windows) {
      if (probabilities.push(probability) >= count) break
    }
    windows.close()
    expect(Math.max(...probabilities)).toBeGreaterThan(0.9)
    expect(warn).not.toHaveBeenCalled()
  })
})
