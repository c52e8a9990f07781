import { createHash, randomUUID } from 'node:crypto'
import { needs } from '@trunkline/testkit'
import { AccessToken } from 'livekit-server-sdk'
import { describe, expect, it } from 'vitest'
import { placeCall } from '../scripts/call/place-call.ts'
import { eventsOf, talkTo } from './caller.ts'
import { listCalls, readCall } from './calls-api.ts'
import { strangerNumber, unknownNumber } from './numbers.ts'
import { readRunningStack } from './running-stack.ts'

const telephone = needs(['redis', 'livekit-server', 'sip'])

describe('what is refused', () => {
  it('a wrong SIP password, for good', telephone, async () => {
    const { stack } = readRunningStack()
    const before = await listCalls(stack)
    const report = await placeCall(stack, { password: 'not-the-password', from: strangerNumber })
    expect(report.failure?.code).toBe('not-answered')
    expect(report.end).toMatchObject({ code: 'unauthorized' })
    expect([401, 407]).toContain(report.end?.status)
    expect(await listCalls(stack)).toEqual(before)
  })

  it('a number of no line, within five seconds', telephone, async () => {
    const { stack } = readRunningStack()
    const report = await placeCall(stack, { number: unknownNumber, from: strangerNumber })
    expect(report.end?.by).toBe('remote')
    expect(report.timings.endedMs).toBeLessThan(5000)
    expect(report.turns).toEqual([])
    const [call] = await listCalls(stack)
    expect(call).toMatchObject({ state: 'ended', endReason: 'unknown-number' })
    expect(call?.room).toContain(unknownNumber)
  })

  it('a webhook that livekit has not signed, which changes nothing', telephone, async () => {
    const { stack } = readRunningStack()
    const { apiKey, apiSecret } = stack.livekit
    const report = await talkTo(stack, { via: 'sip' }, async (caller) => {
      const [running] = await listCalls(stack)
      if (!running) throw new Error('there is no call')
      const before = await readCall(stack, running.id)
      const finished = JSON.stringify({
        event: 'room_finished',
        id: `EV_${randomUUID()}`,
        createdAt: String(Math.floor(Date.now() / 1000)),
        room: { sid: running.roomSid, name: running.room },
      })
      const other = JSON.stringify({ event: 'room_started', id: `EV_${randomUUID()}` })
      const forged = 'f'.repeat(apiSecret.length)
      const statuses = [
        await post(stack.urls.orchestrator, finished, undefined),
        await post(stack.urls.orchestrator, finished, 'no token'),
        await post(stack.urls.orchestrator, finished, await sign(finished, apiKey, forged)),
        // Signed, but for another body.
        await post(stack.urls.orchestrator, finished, await sign(other, apiKey, apiSecret)),
      ]
      expect(statuses).toEqual([401, 401, 401, 401])
      await caller.say('When is breakfast?')
      const after = await readCall(stack, running.id)
      expect(after.state).toBe('active')
      expect(after).toMatchObject({ roomSid: before.roomSid, activeAt: before.activeAt })
      expect(eventsOf(caller.events, 'call-ending')).toEqual([])
      expect(after.turns.length).toBeGreaterThan(before.turns.length)

      // The same bytes with the right signature end the call: it was the signature that was refused.
      const signed = await sign(finished, apiKey, apiSecret)
      expect(await post(stack.urls.orchestrator, finished, signed)).toBe(200)
      await caller.line.ended
    })
    expect(report.end?.by).toBe('remote')
    expect(await readCall(stack, report.callId)).toMatchObject({ endReason: 'room-lost' })
  })
})

async function sign(body: string, apiKey: string, apiSecret: string): Promise<string> {
  const token = new AccessToken(apiKey, apiSecret)
  token.sha256 = createHash('sha256').update(body).digest('base64')
  return token.toJwt()
}

async function post(
  orchestrator: string,
  body: string,
  authorization: string | undefined,
): Promise<number> {
  const response = await fetch(new URL('/v1/livekit/webhook', orchestrator), {
    method: 'POST',
    headers: {
      'content-type': 'application/webhook+json',
      ...(authorization === undefined ? {} : { authorization }),
    },
    body,
  })
  await response.arrayBuffer()
  return response.status
}
