import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type CallEvent, outboundAnswer, type Stack } from '@trunkline/contracts'
import { epochNow } from '@trunkline/runtime'
import { concatPcm } from '@trunkline/telephony'
import { type NodeService, needs } from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { followCall } from '../scripts/call/follow-call.ts'
import { listCalls, readCall } from './calls-api.ts'
import { type Carrier, startCarrier } from './carrier.ts'
import { transcribe } from './hearing.ts'
import { callees } from './numbers.ts'
import { act } from './operators.ts'
import { readRunningStack } from './running-stack.ts'
import { startSecondOrchestrator } from './second-orchestrator.ts'
import { until } from './until.ts'

/** Longer than a greeting that did not wait for an answer would need to be over. */
const ringingMs = 5000

describe('a call that we dial', needs(['redis', 'livekit-server', 'sip', 'postgres']), () => {
  let carrier: Carrier
  let second: NodeService
  /** The stack as it is reached through its other orchestrator, which knows the trunk. */
  let there: Stack

  beforeAll(async () => {
    const running = readRunningStack()
    const { stack } = running
    carrier = await startCarrier(stack)
    second = await startSecondOrchestrator(running, { SIP_OUTBOUND_TRUNK_ID: carrier.trunkId })
    there = { ...stack, urls: { ...stack.urls, orchestrator: second.url } }
  })
  afterAll(async () => {
    await second?.stop()
    await carrier?.close()
  })

  it('greets the callee when they have answered, and no word of it is lost', async () => {
    const { stack } = readRunningStack()
    const { room } = await dial(there, callees.answers, { key: 'one-key' })
    expect(room).not.toContain(callees.answers.slice(1))
    // Asked for again under its key, it is dialled once.
    expect((await dial(there, callees.answers, { key: 'one-key' })).room).toBe(room)
    const ringing = await until('the telephone rings', () => carrier.incoming[0])
    expect(ringing.from).toContain(stack.sip?.number ?? 'no number')
    const { id } = await until('the agent has heard it ring', () =>
      findCall(stack, room, ({ state }) => state === 'ringing'),
    )
    await sleep(ringingMs)

    const answeredAt = epochNow()
    const call = await ringing.accept({ record: true })
    const greeted = await until('the greeting was heard', async () => {
      const record = await readCall(stack, id)
      return record.greetingHeard === undefined ? undefined : record
    })
    expect(greeted).toMatchObject({ direction: 'outbound', greetingHeard: greeted.greeting })
    await sleep(500) // room, mixer and jitter buffer
    const heard = await transcribe(stack, concatPcm(call.recording.received.map(({ pcm }) => pcm)))
    // The recogniser makes many a word of "Harbour"; that there is one shows that the beginning was heard.
    expect(heard).toMatch(/^\W*\w+ hotel\W+good day.*how can i help you\W*$/i)

    // The agent's channel is at the stack's own orchestrator: the action goes there by relay.
    expect(await act(there, id, { action: 'hangup' })).toMatchObject({ status: 202 })
    await call.ended
    expect(await endReasonOf(stack, room)).toBe('operator-hangup')
    expect(carrier.incoming).toHaveLength(1)
    const events = await eventsOf(stack, id)
    const spokenAt = events.find(({ type }) => type === 'say-started')?.at ?? 0
    expect(spokenAt).toBeGreaterThan(answeredAt)
  })

  it('ends with what the callee’s side answered', async () => {
    const { stack } = readRunningStack()
    const fails = async (number: string, reason: string) => {
      const { room } = await dial(there, number, { ringSeconds: 5 })
      expect([number, await endReasonOf(stack, room)]).toEqual([number, reason])
    }
    // One rings for as long as the others are refused, one after another.
    const silent = fails(callees.silent, 'callee-no-answer')
    await fails(callees.busy, 'callee-busy')
    await fails(callees.declines, 'callee-declined')
    await fails(callees.unknown, 'number-unreachable')
    await fails(callees.trunkFails, 'trunk-rejected')
    await silent
    const given = carrier.incoming.filter(({ over }) => !over.aborted)
    expect(given, 'calls that still ring').toHaveLength(0)
  })

  it('leaves no number in any log', () => {
    expect(second.output()).toContain('outbound call was not answered')
    const folder = join(readRunningStack().runDir, 'logs')
    const logs = readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')])
    for (const [name, log] of [...logs, ['second orchestrator', second.output()]]) {
      const found = Object.values(callees).filter((number) => log?.includes(number.slice(1)))
      expect({ name, found }).toEqual({ name, found: [] })
    }
  })
})

async function findCall(
  stack: Stack,
  room: string,
  is: (call: Awaited<ReturnType<typeof listCalls>>[number]) => boolean,
) {
  return (await listCalls(stack)).find((call) => call.room === room && is(call))
}

async function endReasonOf(stack: Stack, room: string) {
  const call = await until('the call is over', () =>
    findCall(stack, room, ({ endReason }) => endReason !== undefined),
  )
  return call.endReason
}

/** Every event of a call that has ended. */
async function eventsOf({ urls, tokens }: Stack, id: string): Promise<readonly CallEvent[]> {
  const { orchestrator } = urls
  const signal = AbortSignal.timeout(10_000)
  const events: CallEvent[] = []
  for await (const event of followCall(id, { orchestrator, token: tokens.operator, signal })) {
    events.push(event)
  }
  return events
}

async function dial(
  { urls, tokens }: Stack,
  to: string,
  { ringSeconds = 30, key }: { ringSeconds?: number; key?: string } = {},
) {
  const response = await fetch(new URL('/v1/calls', urls.orchestrator), {
    method: 'POST',
    headers: {
      ...{ authorization: `Bearer ${tokens.operator}`, 'content-type': 'application/json' },
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    body: JSON.stringify({ line: 'harbour-hotel', to, ringSeconds }),
  })
  if (response.status !== 202)
    throw new Error(`dialling: ${response.status} ${await response.text()}`)
  return outboundAnswer.parse(await response.json())
}
