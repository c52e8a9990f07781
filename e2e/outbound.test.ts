import { outboundAnswer, type Stack } from '@trunkline/contracts'
import { concatPcm, createPhone, findLocalAddress, type IncomingCall } from '@trunkline/telephony'
import { needs } from '@trunkline/testkit'
import { SipClient } from 'livekit-server-sdk'
import { describe, expect, it, onTestFinished } from 'vitest'
import { listCalls, readCall } from './calls-api.ts'
import { transcribe } from './hearing.ts'
import { act } from './operators.ts'
import { readRunningStack } from './running-stack.ts'
import { startSecondOrchestrator } from './second-orchestrator.ts'
import { until } from './until.ts'

const numbers = {
  answers: '+4930231250001',
  busy: '+4930231250002',
  declines: '+4930231250003',
  unknown: '+4930231250004',
  silent: '+4930231250005',
  trunkFails: '+4930231250006',
} as const

const rejections: Readonly<Record<string, number>> = {
  [numbers.busy]: 486,
  [numbers.declines]: 603,
  [numbers.unknown]: 404,
  [numbers.trunkFails]: 503,
}

/** A carrier that is a telephone: it answers one number and refuses others. */
async function startCarrier(stack: Stack) {
  const incoming: IncomingCall[] = []
  const phone = await createPhone({
    host: await findLocalAddress(stack.sip?.host ?? '127.0.0.1'),
    onIncoming(call) {
      incoming.push(call)
      const number = call.to.replace(/^sip:|@.*$/g, '')
      const status = rejections[number]
      if (status === undefined) call.ring()
      else call.reject(status)
    },
  })
  onTestFinished(() => phone.close())
  const { livekit } = stack
  const sip = new SipClient(livekit.url.replace(/^ws/, 'http'), livekit.apiKey, livekit.apiSecret)
  const address = `${phone.address.host}:${phone.address.port}`
  const trunk = await sip.createSipOutboundTrunk('e2e carrier', address, ['+494066969100'])
  onTestFinished(async () => void (await sip.deleteSipTrunk(trunk.sipTrunkId)))
  return { incoming, trunkId: trunk.sipTrunkId }
}

describe('a call that we dial', needs(['redis', 'livekit-server', 'sip', 'postgres']), () => {
  it('is greeted when the callee answers, dialled once for one key, and ended by another replica', async () => {
    const running = readRunningStack()
    const { stack } = running
    const carrier = await startCarrier(stack)
    const second = await startSecondOrchestrator(running, {
      SIP_OUTBOUND_TRUNK_ID: carrier.trunkId,
    })
    onTestFinished(() => second.stop())
    const there = { ...stack, urls: { ...stack.urls, orchestrator: second.url } }
    const { room } = await dial(there, numbers.answers, 'one-key')
    expect(room).not.toContain(numbers.answers.slice(1))
    expect((await dial(there, numbers.answers, 'one-key')).room).toBe(room)
    const ringing = await until('the telephone rings', () => carrier.incoming[0])
    const call = await ringing.accept({ record: true })
    const known = await until('the call is active', async () =>
      (await listCalls(stack)).find((one) => one.room === room && one.state === 'active'),
    )
    await until('the greeting was heard', async () =>
      (await readCall(stack, known.id)).greetingHeard === undefined ? undefined : true,
    )
    expect(known.direction).toBe('outbound')
    const heard = await transcribe(stack, concatPcm(call.recording.received.map(({ pcm }) => pcm)))
    expect(heard).toMatch(/harbour hotel|harbor hotel|hotel/i)
    // The agent's channel is at the stack's own orchestrator: the action goes there by relay.
    expect(await act(there, known.id, { action: 'hangup' })).toMatchObject({ status: 202 })
    await call.ended
    const ended = await until('the call has ended', async () => {
      const record = await readCall(stack, known.id)
      return record.state === 'ended' ? record : undefined
    })
    expect(ended.endReason).toBe('operator-hangup')
    expect(carrier.incoming).toHaveLength(1)
  })

  it('ends with what the callee’s side answered', async () => {
    const running = readRunningStack()
    const { stack } = running
    const carrier = await startCarrier(stack)
    const second = await startSecondOrchestrator(running, {
      SIP_OUTBOUND_TRUNK_ID: carrier.trunkId,
    })
    onTestFinished(() => second.stop())
    const there = { ...stack, urls: { ...stack.urls, orchestrator: second.url } }
    const expected = [
      [numbers.busy, 'callee-busy'],
      [numbers.declines, 'callee-declined'],
      [numbers.unknown, 'number-unreachable'],
      [numbers.trunkFails, 'trunk-rejected'],
      [numbers.silent, 'callee-no-answer'],
    ] as const
    for (const [number, reason] of expected) {
      const { room } = await dial(there, number)
      const call = await until(`${reason}: the call is over`, async () =>
        (await listCalls(stack)).find((one) => one.room === room && one.endedAt !== undefined),
      )
      expect(call.endReason, number).toBe(reason)
    }
  })
})

async function dial({ urls, tokens }: Stack, to: string, key?: string) {
  const response = await fetch(new URL('/v1/calls', urls.orchestrator), {
    method: 'POST',
    headers: {
      ...{ authorization: `Bearer ${tokens.operator}`, 'content-type': 'application/json' },
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    body: JSON.stringify({ line: 'harbour-hotel', to, ringSeconds: 6 }),
  })
  if (response.status !== 202)
    throw new Error(`dialling: ${response.status} ${await response.text()}`)
  return outboundAnswer.parse(await response.json())
}
