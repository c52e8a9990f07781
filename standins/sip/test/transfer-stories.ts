import { expect, it } from 'vitest'
import { treatReferrals } from './carrier.ts'
import { number, type Setting } from './setting.ts'

const identity = `sip_${number}`
const target = 'tel:+4930555'

/** Calls that are handed over to somebody else by REFER. */
export function transferStories(setting: () => Setting): void {
  const transfer = (room: string, options: { to?: string; who?: string; seconds?: number } = {}) =>
    setting().ask((api) =>
      api.transferSipParticipant(room, options.who ?? identity, options.to ?? target, {
        headers: { 'X-Reason': 'booking' },
        ringingTimeout: options.seconds ?? 20,
      }),
    )
  const notifies =
    (...reports: readonly [number, string][]) =>
    (refer: { accept(): { notify(status: number, reason: string): void } }) => {
      const { notify } = refer.accept()
      for (const [status, reason] of reports) notify(status, reason)
    }

  it('is done when the target has answered, and hangs up a second later', async () => {
    const { call, guest, name } = await setting().talk()
    const targets = treatReferrals(call, notifies([180, 'Ringing'], [200, 'OK']))
    await transfer(name)
    expect(targets).toEqual([target])
    expect(call.state.kind).toBe('answered')
    expect(await call.ended).toMatchObject({ by: 'remote', code: 'hangup' })
    await expect.poll(() => guest.room.remoteParticipants.size).toBe(0)
    expect(guest.statusesOf(identity).at(-1)).toBe('hangup')
    await guest.leave()
  })

  it('is done when the caller’s side takes the referral and hangs up without a report', async () => {
    const { call, guest, name } = await setting().talk()
    treatReferrals(call, (refer) => {
      refer.accept()
      void call.hangup()
    })
    await transfer(name)
    expect(await call.ended).toMatchObject({ by: 'local', code: 'hangup' })
    await expect.poll(() => guest.room.remoteParticipants.size).toBe(0)
    await guest.leave()
  })

  it('is not done when the caller’s side hangs up and refuses the referral', async () => {
    const { call, guest, name } = await setting().talk()
    treatReferrals(call, (refer) => void call.hangup().then(() => refer.reject(481)))
    await expect(transfer(name)).rejects.toMatchObject({
      ...{ code: 'not_found', status: 404 },
      metadata: { sip_status_code: '481' },
    })
    await guest.leave()
  })

  it.each([
    ['busy', 486, 'Busy Here', 'resource_exhausted', 429],
    ['declined', 603, 'Decline', 'permission_denied', 403],
    ['unknown', 404, 'Not Found', 'not_found', 404],
    ['not there', 480, 'Temporarily Unavailable', 'resource_exhausted', 429],
    ['broken', 500, 'Server Internal Error', 'failed_precondition', 412],
  ])(
    'tells that the target was %s, and the call goes on',
    async (_name, status, reason, code, http) => {
      const { call, guest, name } = await setting().talk()
      treatReferrals(call, notifies([100, 'Trying'], [status, reason]))
      await expect(transfer(name)).rejects.toMatchObject({
        ...{ code, status: http },
        metadata: { sip_status_code: String(status), sip_status: reason },
      })
      const before = call.mediaCounts.received
      await expect.poll(() => call.mediaCounts.received).toBeGreaterThan(before + 10)
      expect(call.state.kind).toBe('answered')
      await guest.leave()
      await call.hangup()
    },
  )

  it('tells that the caller’s side will not be referred', async () => {
    const { call, guest, name } = await setting().talk()
    treatReferrals(call, (refer) => refer.reject(488))
    await expect(transfer(name)).rejects.toMatchObject({
      ...{ code: 'invalid_argument', status: 400 },
      metadata: { sip_status_code: '488' },
    })
    await guest.leave()
    await call.hangup()
  })

  it('waits for the outcome no longer than it is told to, and can be tried again', async () => {
    const { call, guest, name } = await setting().talk()
    const reports: [number, string][] = [[180, 'Ringing']]
    treatReferrals(call, (refer) => notifies(...reports)(refer))
    // Behind livekit-server's clock runs livekit-sip's own, which cancels: either may be the first.
    const late = { code: expect.stringMatching(/^(deadline_exceeded|canceled)$/), status: 408 }
    await expect(transfer(name, { seconds: 1 })).rejects.toMatchObject(late)
    expect(call.state.kind).toBe('answered')
    reports.push([200, 'OK'])
    // livekit-sip forgets the first try a moment after it has told of it.
    const again = () =>
      transfer(name).then(
        () => 'done',
        () => 'not done',
      )
    await expect.poll(again).toBe('done')
    expect(await call.ended).toMatchObject({ by: 'remote', code: 'hangup' })
    await guest.leave()
  })

  it('hands a call over to one target at a time', async () => {
    const { call, guest, name } = await setting().talk()
    let settle: () => void = () => undefined
    const referred = new Promise<void>((resolve) => {
      treatReferrals(call, (refer) => {
        const { notify } = refer.accept()
        settle = () => notify(486, 'Busy Here')
        resolve()
      })
    })
    const first = transfer(name)
    await referred
    const elsewhere = transfer(name, { to: 'tel:+4930556' })
    await expect(elsewhere).rejects.toMatchObject({ code: 'invalid_argument', status: 400 })
    settle()
    await expect(first).rejects.toMatchObject({ code: 'resource_exhausted' })
    await guest.leave()
    await call.hangup()
  })

  it('refuses what is no address, and who is no call', async () => {
    const { call, guest, name } = await setting().talk()
    const invalid = { code: 'invalid_argument', status: 400 }
    await expect(transfer(name, { to: 'bob' })).rejects.toMatchObject(invalid)
    await expect(transfer(name, { who: 'guest' })).rejects.toMatchObject(invalid)
    const missing = { code: 'not_found', status: 404 }
    await expect(transfer(name, { who: 'nobody' })).rejects.toMatchObject(missing)
    await guest.leave()
    await call.hangup()
  })
}
