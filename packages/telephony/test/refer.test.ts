import { describe, expect, it } from 'vitest'
import { type Call, createPhone, type Phone, type Refer } from '../src/index.ts'

/** A call from one phone to another that answers at once. */
async function connect(options: Parameters<typeof createPhone>[0] = {}) {
  let answered: (call: Call) => void = () => undefined
  const incoming = new Promise<Call>((resolve) => {
    answered = resolve
  })
  const callee: Phone = await createPhone({
    ...options,
    onIncoming: (call) => void call.accept().then(answered),
  })
  const caller = await createPhone()
  const ours = await caller.call({ to: '100', from: '200', ...callee.address })
  await ours.answered
  const theirs = await incoming
  const close = async () => {
    await caller.close()
    await callee.close()
  }
  return { ours, theirs, close }
}

/** Decides on the referral that comes to this call. */
function onRefer(call: Call, decide: (refer: Refer) => void): void {
  call.subscribe((event) => {
    if (event.type === 'refer') decide(event.refer)
  })
}

describe('a referral', () => {
  it('ends with the last status that the peer reports, whatever came before it', async () => {
    const { ours, theirs, close } = await connect()
    const targets: string[] = []
    onRefer(theirs, (refer) => {
      targets.push(refer.target)
      const { notify } = refer.accept()
      notify(180, 'Ringing')
      notify(486, 'Busy Here')
    })
    const outcome = await ours.refer('sip:bob@example.com;user=phone')
    expect(outcome).toEqual({ status: 486, reason: 'Busy Here' })
    expect(targets).toEqual(['sip:bob@example.com;user=phone'])
    expect(ours.state.kind).toBe('answered')
    await close()
  })

  it('fails with the status of a peer that will not', async () => {
    const { ours, theirs, close } = await connect()
    onRefer(theirs, (refer) => refer.reject(488))
    await expect(ours.refer('tel:+4930555')).rejects.toMatchObject({
      code: 'rejected',
      status: 488,
    })
    await close()
  })

  it('is waited for no longer than its signal says, and leaves the call as it was', async () => {
    const { ours, theirs, close } = await connect()
    const giveUp = new AbortController()
    onRefer(theirs, (refer) => {
      refer.accept()
      giveUp.abort(new Error('no patience'))
    })
    await expect(ours.refer('tel:+4930555', { signal: giveUp.signal })).rejects.toThrow(
      'no patience',
    )
    expect(ours.state.kind).toBe('answered')
    await close()
  })

  it('ends with the call, and says whether the peer had accepted it', async () => {
    const { ours, theirs, close } = await connect()
    onRefer(theirs, (refer) => {
      refer.accept()
      void theirs.hangup()
    })
    const over = { code: 'call-over', status: 202 }
    await expect(ours.refer('tel:+4930555')).rejects.toMatchObject(over)
    const neverAsked = { code: 'call-over', status: undefined }
    await expect(ours.refer('tel:+4930555')).rejects.toMatchObject(neverAsked)
    await close()
  })

  it('that a peer refuses while it hangs up ends with the refusal', async () => {
    const { ours, theirs, close } = await connect()
    onRefer(theirs, (refer) => {
      void theirs.hangup().then(() => refer.reject(481))
    })
    const refused = { code: 'rejected', status: 481 }
    await expect(ours.refer('tel:+4930555')).rejects.toMatchObject(refused)
    await close()
  })
})

describe('a phone that ignores holds', () => {
  it('answers a hold with the description it gave before, and goes on sending', async () => {
    const { ours, theirs, close } = await connect({ holds: 'ignored' })
    const events: string[] = []
    theirs.subscribe(({ type }) => void events.push(type))
    await ours.hold()
    const sentBefore = theirs.mediaCounts.sent
    await expect.poll(() => theirs.mediaCounts.sent).toBeGreaterThan(sentBefore + 5)
    expect(events).toEqual([])
    await close()
  })
})

describe('live audio', () => {
  it('is sent while nothing is played, and silence when there is none', async () => {
    const { ours, theirs, close } = await connect()
    const loud = Int16Array.from({ length: 160 }, (_, index) => 9000 * Math.sin(index))
    let left = 3
    theirs.playFrom(() => {
      left -= 1
      return left >= 0 ? { pcm: loud, wideband: () => new Int16Array(320) } : undefined
    })
    const heard: boolean[] = []
    for await (const { pcm } of ours.audio()) {
      heard.push(pcm.some((sample) => Math.abs(sample) > 4000))
      if (heard.filter(Boolean).length === 3 && !heard.at(-1)) break
    }
    expect(heard.at(-1)).toBe(false)
    await close()
  })
})

describe('a range of RTP ports', () => {
  it('is all that is used, and is full when it is', async () => {
    const caller = await createPhone({ rtpPorts: { first: 41_000, last: 41_001 } })
    const invites: string[] = []
    const callee = await createPhone({
      onTrace: ({ text }) => void invites.push(text),
      onIncoming: (call) => call.ring(),
    })
    const first = await caller.call({ to: '1', from: '2', ...callee.address })
    await expect.poll(() => first.state.kind).toBe('ringing')
    expect(invites.find((text) => text.startsWith('INVITE'))).toContain('m=audio 41000 ')
    await expect(caller.call({ to: '1', from: '2', ...callee.address })).rejects.toMatchObject({
      code: 'bind-failed',
    })
    await first.hangup()
    await caller.close()
    await callee.close()
  })
})
