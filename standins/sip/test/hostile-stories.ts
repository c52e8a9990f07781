import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openRawCaller } from './raw-caller.ts'
import { newNumber, type Setting } from './setting.ts'

/** What comes over the wire and should not, and peers who go without a word. */
export function hostileStories(setting: () => Setting): void {
  /** A trunk without a password, and its number. */
  const openTrunk = async () => {
    const to = newNumber()
    const { admin } = setting()
    const trunk = await admin.createSipInboundTrunk(to, [to], { allowedNumbers: ['+4915100'] })
    await admin.createSipDispatchRule(
      { type: 'callee', roomPrefix: 'open', randomize: true },
      { trunkIds: [trunk.sipTrunkId] },
    )
    return to
  }

  it('answers OPTIONS, and 405 what it does not know', async () => {
    const { chain, phone } = setting()
    expect(await phone.ping(chain.sip)).toBe(200)
    const raw = await openRawCaller(chain.sip)
    for (const method of ['INFO', 'MESSAGE', 'SUBSCRIBE', 'REGISTER', 'UPDATE', 'FROBNICATE']) {
      raw.send(raw.request(method))
      expect(await raw.next('SIP/2.0 405')).toContain(`${method}`)
    }
    raw.close()
  })

  it('goes on answering after datagrams that are no SIP', async () => {
    const { chain, phone } = setting()
    const raw = await openRawCaller(chain.sip)
    const garbage = [
      '',
      '\0',
      'INVITE',
      'SIP/2.0 200 OK\r\n\r\n',
      '\xff'.repeat(1400),
      'A\r\n'.repeat(400),
    ]
    for (const text of garbage) raw.send(text)
    raw.send(raw.request('INVITE').replace(/^Call-ID.*\r\n/m, ''))
    raw.send(raw.request('INVITE', { body: 'm=audio nonsense' }))
    raw.send(raw.request('BYE', { toTag: 'nobody' }))
    expect(await phone.ping(chain.sip)).toBe(200)
    const { call, guest } = await setting().talk()
    await guest.leave()
    await call.hangup()
    raw.close()
  })

  it('hangs up on a caller who sends no RTP, and on nobody else', async () => {
    const { chain, join, talk } = setting()
    const other = await talk()
    const to = await openTrunk()
    const raw = await openRawCaller(chain.sip)
    const calling = raw.call(to)
    const guest = await join(other.call, `open_${to}_`)
    await guest.speak()
    await calling
    expect(await raw.next('BYE')).toContain('raw')
    await expect.poll(() => guest.room.remoteParticipants.size).toBe(0)
    expect(other.call.state.kind).toBe('answered')
    await guest.leave()
    await other.guest.leave()
    await other.call.hangup()
    raw.close()
  })

  it('takes RTP of a payload type that was not agreed on for a sign of life, and for no audio', async () => {
    const { chain, join, talk } = setting()
    const to = await openTrunk()
    const raw = await openRawCaller(chain.sip)
    const calling = raw.call(to)
    const other = await talk()
    const guest = await join(other.call, `open_${to}_`)
    await guest.speak()
    const { sendRtp } = await calling
    const { identity } = await guest.caller()
    for (let sent = 0; sent < 150; sent += 1) {
      sendRtp(96)
      await sleep(20)
    }
    expect(guest.room.remoteParticipants.has(identity)).toBe(true)
    raw.send(raw.request('BYE', { to }))
    await guest.leave()
    await other.guest.leave()
    await other.call.hangup()
    raw.close()
  })
}
