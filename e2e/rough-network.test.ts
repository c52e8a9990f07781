import { needs } from '@trunkline/testkit'
import { describe, expect, it } from 'vitest'
import { talkTo } from './caller.ts'
import { readCall } from './calls-api.ts'
import { createRandom } from './random.ts'
import { readRunningStack } from './running-stack.ts'

describe('a caller on a bad line', needs(['redis', 'livekit-server', 'sip']), () => {
  it.each([
    { lossRate: 0.01, jitterMs: 20 },
    { lossRate: 0.03, jitterMs: 30 },
    { lossRate: 0.05, jitterMs: 60 },
  ])('is answered, and hears all of it sent: %j', async (network) => {
    const { stack, seed } = readRunningStack()
    const random = createRandom(seed, `rough-${network.lossRate}`)
    const rough = { ...network, random: () => random.between(0, 999_999) / 1_000_000 }
    const report = await talkTo(stack, { via: 'sip', network: rough }, async (caller) => {
      // Said without a comma, at which a voice may pause for longer than a turn's end.
      await caller.say('When is breakfast served?')
    })
    const call = await readCall(stack, report.callId)
    expect(call).toMatchObject({ state: 'ended', endReason: 'caller-hangup' })
    expect(call.turns.length).toBeGreaterThan(0)
    // Nothing that was lost on the way was taken for the caller's speaking over the agent.
    for (const { reply, heard, interrupted } of call.turns) {
      expect({ heard, interrupted }).toEqual({ heard: reply, interrupted: false })
    }
  })
})
