import { afterEach, describe, expect, it } from 'vitest'
import {
  type Call,
  type CallEvent,
  createPhone,
  findSpeech,
  type IncomingCall,
  type Phone,
  type PhoneOptions,
} from '../src/index.ts'

const open: Phone[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((phone) => phone.close()))
})

/** Short timers, so that nothing has to wait for what will not come. */
const timers = { t1Ms: 40, t2Ms: 160, t4Ms: 200 }
const phone = async (options: PhoneOptions = {}) => {
  const created = await createPhone({ timers, ...options })
  open.push(created)
  return created
}

/** Two phones; the second one does `onIncoming` when it rings. */
const pair = async (onIncoming: (call: IncomingCall) => void, options: PhoneOptions = {}) => {
  const callee = await phone({ onIncoming, ...options })
  const caller = await phone(options)
  return { caller, callee }
}
const target = (callee: Phone) => ({ to: '100', from: 'alice', ...callee.address })

/** A call between two phones with both ends in hand. */
const connect = async (options: PhoneOptions = {}) => {
  let take: (call: Promise<Call>) => void = () => undefined
  const taken = new Promise<Promise<Call>>((resolve) => {
    take = (call) => resolve(call)
  })
  const phones = await pair((incoming) => take(incoming.accept({ record: true })), options)
  const near = await phones.caller.call({ ...target(phones.callee), record: true })
  await near.answered
  return { ...phones, near, far: await await taken }
}

const voice = (ms: number) =>
  Int16Array.from({ length: ms * 8 }, (_, index) => Math.round(8000 * Math.sin(index / 3)))
const nextEvent = <T extends CallEvent['type']>(call: Call, type: T) =>
  new Promise<Extract<CallEvent, { type: T }>>((resolve) => {
    const stop = call.subscribe((event) => {
      if (event.type !== type) return
      stop()
      resolve(event as Extract<CallEvent, { type: T }>)
    })
  })

describe('two phones', () => {
  it('talk on when a line makes more of each packet than there was', async () => {
    const rtpPath = {
      carry: (arrive: () => void) => arrive(),
      alter: (packet: Uint8Array) => [packet, packet.subarray(0, 5)],
    }
    const { near, far } = await connect({ rtpPath })
    await near.play(voice(400))
    await expect.poll(() => far.mediaCounts.refused).toBeGreaterThan(10)
    expect(findSpeech(far.recording.received)).toHaveLength(1)
  })

  it.each(['PCMU', 'PCMA'] as const)('talk to each other in %s and know when', async (codec) => {
    const { near, far } = await connect({ codecs: [codec] })
    const heard: { at: number; pcm: Int16Array }[] = []
    const listening = (async () => {
      for await (const audio of far.audio()) heard.push(audio)
    })()
    const played = await near.play(voice(300))
    expect(played).toMatchObject({ isComplete: true, sentSamples: 2400 })
    await near.play(new Int16Array(800))
    expect(await near.hangup()).toMatchObject({ by: 'local', code: 'hangup' })
    expect(await far.ended).toMatchObject({ by: 'remote', code: 'hangup' })
    await listening
    const [span, ...others] = findSpeech(heard)
    expect(others).toEqual([])
    expect(span?.startAt).toBeGreaterThanOrEqual(played.firstVoicedAt ?? Number.NaN)
    expect(span?.endAt).toBeGreaterThanOrEqual(played.lastVoicedAt ?? Number.NaN)
    expect(far.timings.firstVoicedAt).toBe(span?.startAt)
    expect(far.recording.received.length).toBeGreaterThanOrEqual(heard.length)
    expect(near.mediaCounts.sent).toBe(near.recording.sent.length)
    await expect(near.play(voice(20))).rejects.toMatchObject({ code: 'call-over' })
  })

  it('sends silence while nothing is played', async () => {
    const { near, far } = await connect()
    let packets = 0
    for await (const audio of far.audio()) {
      packets += 1
      expect(audio.pcm.every((sample) => Math.abs(sample) < 10)).toBe(true)
      if (packets === 10) break
    }
    await near.hangup()
  })

  it('brings keys over in order, in both directions', async () => {
    const { near, far } = await connect()
    const keys: string[] = []
    const done = new Promise<void>((resolve) => {
      far.subscribe((event) => {
        if (event.type === 'dtmf' && keys.push(event.digit) === 4) resolve()
      })
    })
    await near.sendDtmf('12#a', { keyMs: 40, gapMs: 40 })
    await done
    expect(keys).toEqual(['1', '2', '#', 'A'])
    const back = nextEvent(near, 'dtmf')
    await far.sendDtmf('*', { keyMs: 40, gapMs: 20 })
    expect(await back).toMatchObject({ digit: '*' })
  })

  it('tells the caller when the called side hangs up', async () => {
    const { near, far } = await connect()
    await far.hangup()
    expect(await near.ended).toMatchObject({ by: 'remote', code: 'hangup' })
    expect(near.state.kind).toBe('ended')
  })

  it('ends both sides once when both hang up at the same time', async () => {
    const { near, far } = await connect()
    const ends = await Promise.all([near.hangup(), far.hangup()])
    expect(ends.map(({ code }) => code)).toEqual(['hangup', 'hangup'])
  })

  it('knows when it rang and was answered, in order', async () => {
    const { caller, callee } = await pair((incoming) => {
      incoming.ring()
      setTimeout(() => void incoming.accept(), 30)
    })
    const call = await caller.call(target(callee))
    await call.answered
    const { inviteAt, tryingAt, ringingAt, answeredAt } = call.timings
    const times = [inviteAt, tryingAt, ringingAt, answeredAt]
    expect(times).toEqual(times.map((at) => at ?? Number.NaN).sort((a, b) => a - b))
  })

  it.each([
    [486, undefined, 'Busy Here'],
    [603, undefined, 'Decline'],
    [480, 'Gone Fishing', 'Gone Fishing'],
  ])('ends with the status of a refusal: %i', async (status, reason, seen) => {
    const { caller, callee } = await pair((incoming) => incoming.reject(status, reason))
    const call = await caller.call(target(callee))
    await expect(call.answered).rejects.toMatchObject({ code: 'rejected', status })
    expect(await call.ended).toMatchObject({ by: 'remote', code: 'rejected', status, reason: seen })
  })

  it('is not available when nobody handles incoming calls', async () => {
    const callee = await phone()
    const call = await (await phone()).call(target(callee))
    expect(await call.ended).toMatchObject({ code: 'rejected', status: 480 })
  })

  it('cancels a call that rings, and the called side learns of it', async () => {
    let over: AbortSignal | undefined
    const { caller, callee } = await pair((incoming) => {
      over = incoming.over
      incoming.ring()
    })
    const call = await caller.call(target(callee))
    await nextEvent(call, 'ringing')
    expect(await call.hangup()).toMatchObject({ by: 'local', code: 'cancelled', status: 487 })
    expect(over?.aborted).toBe(true)
  })

  it('gives up by itself when nobody answers', async () => {
    const { caller, callee } = await pair((incoming) => incoming.ring())
    const call = await caller.call({ ...target(callee), ringTimeoutMs: 60 })
    expect(await call.ended).toMatchObject({ by: 'local', code: 'not-answered', status: 487 })
  })

  it('hangs up when its signal aborts', async () => {
    const controller = new AbortController()
    const { caller, callee } = await pair((incoming) => void incoming.accept())
    const call = await caller.call({ ...target(callee), signal: controller.signal })
    await call.answered
    controller.abort()
    expect(await call.ended).toMatchObject({ by: 'local', code: 'hangup' })
  })

  it('ends with no-response when nothing is there, and ping says so too', async () => {
    const gone = await createPhone({ timers })
    await gone.close()
    const caller = await phone({ timers: { t1Ms: 5 } })
    const call = await caller.call(target(gone))
    expect(await call.ended).toMatchObject({ by: 'local', code: 'no-response' })
    await expect(caller.ping(gone.address, { timeoutMs: 50 })).rejects.toMatchObject({
      code: 'no-response',
    })
  })

  it('answers OPTIONS', async () => {
    const callee = await phone()
    expect(await (await phone()).ping(callee.address)).toBe(200)
  })

  it('refuses a call when no codec is spoken on both sides', async () => {
    const callee = await phone({ codecs: ['PCMA'], onIncoming: (call) => void call.accept() })
    const call = await (await phone({ codecs: ['PCMU'] })).call(target(callee))
    expect(await call.ended).toMatchObject({ code: 'rejected', status: 488 })
  })

  it('is put on hold and taken back: the held side sends nothing meanwhile', async () => {
    const { near, far } = await connect()
    const held = nextEvent(far, 'hold')
    await near.hold()
    await held
    const before = far.mediaCounts.sent
    await near.play(voice(100))
    expect(far.mediaCounts.sent - before).toBeLessThanOrEqual(1)
    const back = nextEvent(far, 'unhold')
    await near.unhold()
    await back
    for await (const _audio of near.audio()) break
    expect(far.mediaCounts.sent).toBeGreaterThan(before)
  })

  it('is hung up on close, and a second close is harmless', async () => {
    const { caller, far } = await connect()
    await caller.close()
    await caller.close()
    expect(await far.ended).toMatchObject({ by: 'remote' })
  })
})
