import { SIPHeaderOptions } from '@livekit/protocol'
import { createPhone, levelDbfs } from '@trunkline/telephony'
import { expect, it } from 'vitest'
import { newNumber, number, type Setting } from './setting.ts'

/** Calls that come in. */
export function inboundStories(setting: () => Setting): void {
  it('rings until somebody in the room can be heard, then answers, and carries voices both ways', async () => {
    const to = newNumber()
    const { dial, join } = setting()
    const call = await dial({ to })
    const guest = await join(call, `call_${to}_`)
    const { identity } = await guest.caller()
    expect(guest.statusesOf(identity)).toEqual(['ringing'])
    expect(call.state.kind).toBe('ringing')

    await guest.speak()
    await call.answered
    await expect.poll(() => guest.statusesOf(identity)).toEqual(['ringing', 'active'])
    for await (const { pcm } of call.audio()) if (levelDbfs(pcm) > -30) break
    const speech = Int16Array.from({ length: 8000 }, (_, index) => 9000 * Math.sin(index / 2))
    const [played] = await Promise.all([call.play(speech), guest.hear()])
    expect(played).toMatchObject({ isComplete: true })
    await guest.leave()
    await call.hangup()
  })

  it('says who called whom in attributes, identity and room', async () => {
    const to = newNumber()
    const { dial, join, admin, chain } = setting()
    const call = await dial({ to })
    const guest = await join(call, `call_${to}_`)
    expect(guest.name).toMatch(/^call_\+4930\d{6}_[A-Za-z0-9]{12}$/)
    const [rule] = (await admin.listSipDispatchRule()).filter(({ name }) => name === 'test')
    const find = async () => {
      const present = await chain.rooms.listParticipants(guest.name)
      return present.find(({ identity }) => identity !== 'guest')
    }
    await expect
      .poll(async () => (await find())?.toJson())
      .toMatchObject({
        ...{ identity: `sip_${number}`, name: `Phone ${number}`, kind: 'SIP' },
        tracks: [{ source: 'MICROPHONE', mimeType: 'audio/opus' }],
      })
    expect((await find())?.attributes).toEqual({
      'sip.callID': expect.stringMatching(/^SCL_[A-Za-z0-9]{12}$/),
      'sip.callIDFull': call.id,
      'sip.callTag': expect.stringMatching(/^[0-9a-f]{16}$/),
      'sip.callStatus': 'ringing',
      'sip.trunkID': rule?.trunkIds[0],
      'sip.ruleID': rule?.sipDispatchRuleId,
      'sip.phoneNumber': number,
      'sip.trunkPhoneNumber': to,
      'sip.hostname': '127.0.0.1',
    })
    await guest.leave()
    await call.hangup()
  })

  it('hides a caller where the rule says so, and shows what the trunk and the rule want shown', async () => {
    const to = newNumber()
    const { dial, join, admin, chain } = setting()
    const trunk = await admin.createSipInboundTrunk(to, [to], {
      includeHeaders: SIPHeaderOptions.SIP_X_HEADERS,
      headersToAttributes: { 'X-Booking': 'booking' },
      headers: { 'X-Ours': 'yes' },
    })
    await admin.createSipDispatchRule(
      { type: 'callee', roomPrefix: 'hidden', randomize: true },
      {
        trunkIds: [trunk.sipTrunkId],
        ...{ hidePhoneNumber: true, metadata: '{"line":"a"}', attributes: { ruled: 'yes' } },
      },
    )
    const call = await dial({ to, headers: [{ name: 'X-Booking', value: '4711' }] })
    const guest = await join(call, 'hidden_')
    const info = (await chain.rooms.listParticipants(guest.name)).find(
      ({ identity }) => identity !== 'guest',
    )
    // SHA-256 of the number, and its last four digits.
    expect(info).toMatchObject({
      identity: 'sip_536afd523e19dc83',
      name: 'Phone 5678',
      metadata: '{"line":"a"}',
    })
    const attributes = info?.attributes ?? {}
    expect(attributes).toMatchObject({ booking: '4711', 'sip.h.x-booking': '4711', ruled: 'yes' })
    const hidden = ['sip.phoneNumber', 'sip.trunkPhoneNumber', 'sip.hostname', 'sip.h.from']
    expect(hidden.filter((name) => name in attributes)).toEqual([])
    await guest.speak()
    await call.answered
    expect(call.remoteHeaders).toContainEqual({ name: 'X-Ours', value: 'yes' })
    await guest.leave()
    await call.hangup()
  })

  it('carries keys both ways', async () => {
    const { call, guest } = await setting().talk()
    const heard: string[] = []
    call.subscribe((event) => {
      if (event.type === 'dtmf') heard.push(event.digit)
    })
    await call.sendDtmf('12#A')
    await expect.poll(() => guest.digits).toEqual(['1', '2', '#', 'a'])
    await guest.room.localParticipant?.publishDtmf(5, '5')
    await guest.room.localParticipant?.publishDtmf(10, '*')
    await expect.poll(() => heard).toEqual(['5', '*'])
    await guest.leave()
    await call.hangup()
  })

  it('says hangup and leaves when the caller hangs up', async () => {
    const { call, guest } = await setting().talk()
    const { identity } = await guest.caller()
    await expect.poll(() => guest.statusesOf(identity)).toContain('active')
    await call.hangup()
    await expect.poll(() => guest.room.remoteParticipants.size).toBe(0)
    expect(guest.statusesOf(identity)).toEqual(['ringing', 'active', 'hangup'])
    await guest.leave()
  })

  it('leaves when the caller gives up while it rings', async () => {
    const to = newNumber()
    const { dial, join } = setting()
    const call = await dial({ to })
    const guest = await join(call, `call_${to}_`)
    await guest.caller()
    expect(await call.hangup()).toMatchObject({ by: 'local', code: 'cancelled', status: 487 })
    await expect.poll(() => guest.room.remoteParticipants.size).toBe(0)
    await guest.leave()
  })

  it('refuses after the trunk’s ringing time when nobody speaks up', async () => {
    const to = newNumber()
    const { dial, admin, join } = setting()
    const trunk = await admin.createSipInboundTrunk(to, [to], { ringingTimeout: 1 })
    await admin.createSipDispatchRule(
      { type: 'individual', roomPrefix: 'vain' },
      { trunkIds: [trunk.sipTrunkId] },
    )
    const call = await dial({ to })
    const guest = await join(call, `vain_${number}_`)
    expect(await call.ended).toMatchObject({ code: 'rejected', status: 486, reason: 'Rejected' })
    expect(call.timings.ringingAt).toBeDefined()
    await guest.leave()
  })

  it('refuses when its participant is removed while it rings', async () => {
    const to = newNumber()
    const { dial, join, chain } = setting()
    const call = await dial({ to })
    const guest = await join(call, `call_${to}_`)
    const { identity } = await guest.caller()
    await chain.rooms.removeParticipant(guest.name, identity)
    expect(await call.ended).toMatchObject({ code: 'rejected', status: 486, reason: 'Rejected' })
    await guest.leave()
  })

  it('hangs up when the room is deleted', async () => {
    const { chain, talk } = setting()
    const { call, guest, name } = await talk()
    await chain.rooms.deleteRoom(name)
    expect(await call.ended).toMatchObject({ by: 'remote', code: 'hangup' })
    await guest.leave()
  })

  it('goes on in silence, a packet every 20 ms, when everybody else has left', async () => {
    const { call, guest } = await setting().talk()
    await guest.leave()
    const before = call.mediaCounts.received
    await expect.poll(() => call.mediaCounts.received).toBeGreaterThan(before + 50)
    expect(call.state.kind).toBe('answered')
    await call.hangup()
  })

  it('refuses a wrong password', async () => {
    const { dial, chain } = setting()
    const credentials = { ...chain.credentials, password: 'wrong' }
    const call = await dial({ credentials })
    expect(await call.ended).toMatchObject({ code: 'unauthorized', status: 401 })
    expect(call.timings.challengedAt).toBeDefined()
  })

  it('refuses audio that it does not speak', async () => {
    const call = await setting().dial({ codecs: [] })
    expect(await call.ended).toMatchObject({ code: 'rejected', status: 400 })
  })

  it('gives a call that no rule is for no final answer, while others are answered', async () => {
    const to = newNumber()
    const { chain, admin, talk } = setting()
    const access = { username: 'one', password: 'two' }
    const trunk = await admin.createSipInboundTrunk(to, [to], {
      ...{ authUsername: access.username, authPassword: access.password },
    })
    const phone = await createPhone()
    const lost = await phone.call({ ...chain.sip, to, from: number, credentials: access })
    await expect.poll(() => lost.timings.challengedAt).toBeDefined()
    const { call, guest } = await talk()
    await guest.leave()
    await call.hangup()
    expect(lost.state.kind).toMatch(/calling|ringing/)
    await admin.deleteSipTrunk(trunk.sipTrunkId)
    await phone.close()
  })

  it('speaks G.722 with a caller who offers it, even last', async () => {
    const { call, guest } = await setting().talk({ codecs: ['PCMA', 'PCMU', 'G722'] })
    for await (const { pcm, wideband } of call.audio()) {
      expect(wideband).toHaveLength(320)
      if (levelDbfs(pcm) > -30) break
    }
    const speech = Int16Array.from({ length: 8000 }, (_, index) => 9000 * Math.sin(index / 2))
    await Promise.all([call.play(speech), guest.hear()])
    await guest.leave()
    await call.hangup()
  })

  it('answers a hold, and goes on speaking', async () => {
    const { call, guest } = await setting().talk()
    await call.hold()
    for await (const { pcm } of call.audio()) if (levelDbfs(pcm) > -30) break
    await call.unhold()
    await guest.leave()
    await call.hangup()
  })

  it('ends the call when the room asks for it', async () => {
    const byes: string[] = []
    const phone = await createPhone({
      onTrace({ text }) {
        if (text.startsWith('BYE')) byes.push(text)
      },
    })
    const to = newNumber()
    const { chain, join } = setting()
    const call = await phone.call({
      ...{ ...chain.sip, to, from: number, credentials: chain.credentials },
    })
    const guest = await join(call, `call_${to}_`)
    await guest.speak()
    await call.answered
    const payload = JSON.stringify({ headers: { 'X-Why': 'done' } })
    expect(await guest.ask('lk.sip.EndCall', payload)).toEqual({})
    expect(await call.ended).toMatchObject({ by: 'remote', code: 'hangup' })
    expect(byes[0]).toContain('X-Why: done')
    await guest.leave()
    await phone.close()
  })

  it('tells the room the headers of the caller’s INVITE', async () => {
    const headers = [{ name: 'X-Booking', value: '4711' }]
    const { call, guest } = await setting().talk({ headers })
    const ask = (payload: string) => guest.ask('lk.sip.GetRemoteHeaders', payload)
    expect(await ask('')).toMatchObject({ headers: { 'X-Booking': '4711', 'Call-ID': call.id } })
    expect(await ask('{"include":["x-booking"]}')).toEqual({ headers: { 'X-Booking': '4711' } })
    const others = JSON.stringify(await ask('{"exclude":["X-Booking"]}'))
    expect(others).toContain('From')
    expect(others).not.toMatch(/X-Booking|Via|CSeq|Max-Forwards|Content-Type|Allow/)
    await expect(ask('garbage')).rejects.toMatchObject({ code: 1500 })
    await guest.leave()
    await call.hangup()
  })
}
