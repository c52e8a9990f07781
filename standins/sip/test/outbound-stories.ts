import { randomUUID } from 'node:crypto'
import { levelDbfs } from '@trunkline/telephony'
import { AccessToken, type CreateSipParticipantOptions } from 'livekit-server-sdk'
import { expect, it } from 'vitest'
import { answers, type Carrier, openCarrier, refuses, rings } from './carrier.ts'
import { joinAsGuest } from './guest.ts'
import { number, type Setting } from './setting.ts'

/** Calls that go out. */
export function outboundStories(setting: () => Setting): void {
  const callee = '+49301234'
  const dial = (
    carrier: Carrier,
    { room, ...options }: { room: string } & CreateSipParticipantOptions,
  ) =>
    setting().ask((api) =>
      api.createSipParticipant(carrier.trunkId, callee, room, {
        ...{ participantIdentity: 'callee', participantName: 'the callee' },
        ...{ waitUntilAnswered: true, ringingTimeout: 20 },
        ...options,
      }),
    )

  it('dials, rings, sends the keys that are wished for, and is active', async () => {
    const room = `out-${randomUUID()}`
    const guest = await joinAsGuest(setting().chain, room)
    const keys: string[] = []
    // Each status is waited for before the next thing happens: the room is told of the last one only, when it is busy.
    const carrier = await openCarrier(setting(), async (call) => {
      await expect.poll(() => guest.statusesOf('callee')).toEqual(['dialing'])
      call.ring()
      await expect.poll(() => guest.statusesOf('callee')).toContain('ringing')
      const answered = await call.accept()
      answered.subscribe((event) => {
        if (event.type === 'dtmf') keys.push(event.digit)
      })
      return answered
    })
    const info = await dial(carrier, {
      room,
      ...{ dtmf: '1#', displayName: 'Hotel', headers: { 'X-Out': '1' } },
      participantAttributes: { line: 'a' },
    })
    expect(info).toMatchObject({ participantIdentity: 'callee', roomName: room })
    expect(info.sipCallId).toMatch(/^SCL_/)
    await expect
      .poll(() => guest.statusesOf('callee'))
      .toEqual(['dialing', 'ringing', 'automation', 'active'])
    expect(keys).toEqual(['1', '#'])
    const call = await carrier.answered()
    const [incoming] = carrier.incoming
    expect(incoming).toMatchObject({ from: number, to: callee })
    expect(incoming?.request.from.display).toBe('Hotel')
    expect(incoming?.headers).toContainEqual({ name: 'X-Out', value: '1' })
    const { attributes } = await guest.caller()
    expect(attributes).toEqual({
      ...{ line: 'a', 'sip.callStatus': 'active', 'sip.trunkID': carrier.trunkId },
      ...{ 'sip.phoneNumber': callee, 'sip.trunkPhoneNumber': number },
      'sip.hostname': carrier.address,
      'sip.callID': info.sipCallId,
      'sip.callIDFull': call.id,
      'sip.callTag': incoming?.localTag,
    })
    await guest.leave()
    await call.hangup()
    await carrier.close()
  })

  it('carries voices both ways, and says hangup when the callee hangs up', async () => {
    const room = `out-${randomUUID()}`
    const carrier = await openCarrier(setting(), answers)
    const guest = await joinAsGuest(setting().chain, room)
    await guest.speak()
    await dial(carrier, { room })
    const call = await carrier.answered()
    for await (const { pcm } of call.audio()) if (levelDbfs(pcm) > -30) break
    const speech = Int16Array.from({ length: 8000 }, (_, index) => 9000 * Math.sin(index / 2))
    await Promise.all([call.play(speech), guest.hear()])
    await call.hangup()
    await expect.poll(() => guest.room.remoteParticipants.size).toBe(0)
    expect(guest.statusesOf('callee').at(-1)).toBe('hangup')
    await guest.leave()
    await carrier.close()
  })

  it.each([
    ['busy', 486, 'Busy Here', 'resource_exhausted', 429],
    ['declined', 603, 'Decline', 'permission_denied', 403],
    ['no such number', 404, 'Not Found', 'not_found', 404],
    ['not available', 480, 'Temporarily Unavailable', 'resource_exhausted', 429],
    ['a trunk that fails', 503, 'Service Unavailable', 'failed_precondition', 412],
    ['a refused offer', 488, 'Not Acceptable Here', 'invalid_argument', 400],
    ['too late', 408, 'Request Timeout', 'deadline_exceeded', 408],
  ])(
    'tells %s by the SIP status, and leaves the room',
    async (_name, status, reason, code, http) => {
      const room = `out-${randomUUID()}`
      const carrier = await openCarrier(setting(), refuses(status, reason))
      const guest = await joinAsGuest(setting().chain, room)
      await expect(dial(carrier, { room })).rejects.toMatchObject({
        ...{ code, status: http },
        metadata: { sip_status_code: String(status), sip_status: reason },
      })
      await expect.poll(() => guest.room.remoteParticipants.size).toBe(0)
      await guest.leave()
      await carrier.close()
    },
  )

  it('gives a refusal without a reason the name of its status', async () => {
    const carrier = await openCarrier(setting(), refuses(404, ''))
    await expect(dial(carrier, { room: `out-${randomUUID()}` })).rejects.toMatchObject({
      metadata: { sip_status_code: '404', sip_status: 'SIP_STATUS_NOTFOUND' },
    })
    await carrier.close()
  })

  it('gives up a callee who does not answer, with CANCEL', async () => {
    const carrier = await openCarrier(setting(), rings)
    const room = `out-${randomUUID()}`
    await expect(dial(carrier, { room, ringingTimeout: 1 })).rejects.toMatchObject({
      ...{ code: 'canceled', status: 408 },
    })
    expect(carrier.received.some((text) => text.startsWith('CANCEL'))).toBe(true)
    await carrier.close()
  })

  it('does not wait for the answer where it is not asked to', async () => {
    const carrier = await openCarrier(setting(), rings)
    const info = await dial(carrier, { room: `out-${randomUUID()}`, waitUntilAnswered: false })
    expect(info.participantIdentity).toBe('callee')
    await expect.poll(() => carrier.incoming.length).toBe(1)
    expect(carrier.incoming[0]?.over.aborted).toBe(false)
    await setting().chain.rooms.deleteRoom(info.roomName)
    await expect.poll(() => carrier.incoming[0]?.over.aborted).toBe(true)
    await carrier.close()
  })

  it('hangs up when its participant is removed', async () => {
    const room = `out-${randomUUID()}`
    const carrier = await openCarrier(setting(), answers)
    await dial(carrier, { room })
    const call = await carrier.answered()
    await setting().chain.rooms.removeParticipant(room, 'callee')
    expect(await call.ended).toMatchObject({ by: 'remote', code: 'hangup' })
    await carrier.close()
  })

  it('knows no trunk but those that are configured, and dials for nobody without the grant', async () => {
    const { ask: askGateway, chain } = setting()
    const unknown = askGateway((api) =>
      api.createSipParticipant('ST_unknown', callee, 'room', { ringingTimeout: 1 }),
    )
    await expect(unknown).rejects.toMatchObject({ code: 'not_found', status: 404 })
    const ask = async (grant: { call?: boolean; admin?: boolean }) => {
      const token = new AccessToken(chain.keys.apiKey, chain.keys.apiSecret)
      token.addSIPGrant(grant)
      const url = `${chain.apiUrl}/twirp/livekit.SIP/CreateSIPParticipant`
      const authorization = `Bearer ${await token.toJwt()}`
      const headers = { 'content-type': 'application/json', authorization }
      const response = await fetch(url, { method: 'POST', headers, body: '{}' })
      return [response.status, await response.json()]
    }
    const denied = { code: 'unauthenticated', msg: 'permissions denied' }
    expect(await ask({})).toEqual([401, denied])
    expect(await ask({ admin: true })).toEqual([401, denied])
    expect(await ask({ call: true })).toMatchObject([400, { code: 'invalid_argument' }])
  })
}
