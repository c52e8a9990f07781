import { setTimeout as sleep } from 'node:timers/promises'
import { createPhone, findLocalAddress, type Phone } from '@trunkline/telephony'
import { needs } from '@trunkline/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { readCall } from './calls-api.ts'
import { createOddPath, openStray } from './odd-packets.ts'
import { askForBreakfast, callLine, untilGreeted, untilOver } from './phone-talk.ts'
import { readRunningStack } from './running-stack.ts'

describe('RTP that no telephone should send', needs(['redis', 'livekit-server', 'sip']), () => {
  const phones: Phone[] = []
  afterEach(async () => {
    for (const phone of phones.splice(0)) await phone.close()
  })

  it('ends neither the call that it comes to nor another one, and both talk on after it', async ({
    signal,
  }) => {
    const { stack } = readRunningStack()
    const host = await findLocalAddress(stack.sip?.host ?? '127.0.0.1')
    let isOdd = false
    let rtpPort = 0
    const rtpPath = createOddPath(() => isOdd)
    const odd = await createPhone({
      ...{ host, rtpPath },
      onTrace({ direction, text }) {
        if (direction === 'received') rtpPort = Number(/^m=audio (\d+)/m.exec(text)?.[1] ?? rtpPort)
      },
    })
    const plain = await createPhone({ host })
    phones.push(odd, plain)
    const call = await callLine(stack, odd)
    const id = await untilGreeted(stack, call)
    const other = await callLine(stack, plain)
    const otherId = await untilGreeted(stack, other)

    const stray = await openStray({ host: stack.sip?.host ?? '127.0.0.1', port: rtpPort })
    const { received } = call.mediaCounts
    isOdd = true
    for (let packets = 0; packets < 250; packets += 1) {
      stray.send()
      await sleep(20)
    }
    isOdd = false
    stray.close()
    expect(rtpPath.oddPackets).toBeGreaterThan(100)
    expect(call.mediaCounts.received).toBeGreaterThan(received + 100)
    expect([call.state.kind, other.state.kind]).toEqual(['answered', 'answered'])
    for (const one of [id, otherId]) {
      expect(await readCall(stack, one)).toMatchObject({ state: 'active' })
    }

    for (const talk of [
      { call, id },
      { call: other, id: otherId },
    ]) {
      const { turn, heard } = await askForBreakfast(stack, talk, { signal })
      expect(turn).toMatchObject({ heard: turn.reply, interrupted: false })
      expect(heard).toMatch(/breakfast|seven|ten/i)
      await talk.call.hangup()
      expect(await untilOver(stack, talk.id)).toMatchObject({ endReason: 'caller-hangup' })
    }
  })
})
