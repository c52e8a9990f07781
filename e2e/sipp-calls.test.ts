import { needs } from '@trunkline/testkit'
import { describe, expect, it } from 'vitest'
import { listCalls } from './calls-api.ts'
import { readRunningStack } from './running-stack.ts'
import { runScenario, untilOver } from './sipp-scenario.ts'

describe('calls that SIPp makes', needs(['redis', 'livekit-server', 'sip', 'sipp']), () => {
  // The agent's track, which answers the call, comes some 450 ms after the first ring.
  it.each([0, 100, 200, 300])(
    'gives up a call that is cancelled %d ms after the first ring',
    async (pauseMs) => {
      const { stack } = readRunningStack()
      const before = await listCalls(stack)
      await runScenario(stack, 'cancel-ringing', { pauseMs })
      expect(await untilOver(stack, before)).toMatchObject({ endReason: 'caller-abandoned' })
    },
  )

  it('ends a call whose answer is never acknowledged and from which no media comes', async () => {
    const { stack } = readRunningStack()
    const before = await listCalls(stack)
    await runScenario(stack, 'lost-ack', { pauseMs: 0 })
    expect(await untilOver(stack, before)).toMatchObject({ endReason: 'network-lost' })
  })

  it('goes on through a hold and its end by re-INVITE', async () => {
    const { stack } = readRunningStack()
    const before = await listCalls(stack)
    await runScenario(stack, 'hold', { pauseMs: 1500 })
    expect(await untilOver(stack, before)).toMatchObject({
      state: 'ended',
      endReason: 'caller-hangup',
    })
  })
})
