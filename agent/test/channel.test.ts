import { setTimeout as sleep } from 'node:timers/promises'
import { closeCode } from '@trunkline/contracts'
import { createLogger } from '@trunkline/telemetry'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type ChannelOptions, type Incoming, openChannel } from '../src/channel/channel.ts'
import { type Script, startOrchestrator, welcome } from './scripted-orchestrator.ts'

const job = { room: 'call_100_x', roomSid: 'RM_1', jobId: 'AJ_1', metadata: '{"line":"test"}' }
const digit = (key: string) => ({ type: 'dtmf', digit: key }) as const

async function startChannel(script: Script = {}, options: Partial<ChannelOptions> = {}) {
  const orchestrator = await startOrchestrator(script)
  const received: Incoming[] = []
  const channel = openChannel({
    url: orchestrator.url,
    token: 'the-token',
    job,
    logger: createLogger('test', { level: 'silent' }),
    onMessage: (message) => void received.push(message),
    ...options,
  })
  onTestFinished(async () => {
    channel.close()
    await orchestrator.close()
  })
  return { orchestrator, channel, received }
}

const seqs = (messages: readonly object[]) =>
  messages.map((message) => 'seq' in message && message.seq)

describe('openChannel', () => {
  it('says hello at once, with its token and the job it is for', async () => {
    let authorization: string | undefined
    const { orchestrator } = await startChannel({
      refuse: ({ headers }) => {
        authorization = headers.authorization
        return undefined
      },
    })
    expect(await orchestrator.seen('hello')).toMatchObject({ ...job, protocol: 3, resumeFrom: 0 })
    expect(authorization).toBe('Bearer the-token')
  })

  it('numbers what is sent and knows when all of it has arrived', async () => {
    const { orchestrator, channel } = await startChannel()
    for (const key of ['1', '2', '3']) channel.send(digit(key))
    expect(await channel.flushed(5000)).toBe(true)
    expect(seqs(orchestrator.received)).toEqual([1, 2, 3, 4])
  })

  it('does not wait longer than told for an acknowledgement that does not come', async () => {
    const { channel } = await startChannel({ acknowledge: () => false })
    channel.send(digit('1'))
    expect(await channel.flushed(30)).toBe(false)
  })

  it('sends after a break what was not acknowledged, once, behind a hello', async () => {
    let isConfirming = false
    const { orchestrator, channel } = await startChannel({ acknowledge: () => isConfirming })
    channel.send(digit('1'))
    channel.send(digit('2'))
    await orchestrator.seen('dtmf', ({ digit: key }) => key === '2')
    isConfirming = true
    orchestrator.drop()
    channel.send(digit('3'))
    await orchestrator.seen('dtmf', ({ digit: key }) => key === '3')
    expect(await channel.flushed(5000)).toBe(true)
    expect(orchestrator.connections).toBe(2)
    const keys = orchestrator.received.flatMap((message) =>
      message.type === 'dtmf' ? [message.digit] : [],
    )
    expect(keys).toEqual(['1', '2', '3'])
  })

  it('takes each message once although the orchestrator sends it again', async () => {
    const { orchestrator, channel, received } = await startChannel({
      onMessage: (message, self) => {
        if (message.type === 'hello' && self.connections === 1) self.say(welcome)
      },
    })
    channel.send(digit('1'))
    await orchestrator.seen('dtmf')
    orchestrator.drop(closeCode.goingAway)
    const resumed = await orchestrator.seen('hello', ({ resumeFrom }) => resumeFrom === 1)
    expect(resumed.seq).toBe(1)
    orchestrator.say({ type: 'turn-finished', turnId: 'turn-1' })
    channel.send(digit('2'))
    await orchestrator.seen('dtmf', ({ digit: key }) => key === '2')
    await expect.poll(() => received.map(({ type }) => type)).toEqual(['welcome', 'turn-finished'])
  })

  it.each([
    [closeCode.superseded, 'fenced'],
    [closeCode.refused, 'refused'],
    [closeCode.unauthorized, 'unauthorized'],
  ])('is gone for good when closed with %i: %s', async (code, end) => {
    const { orchestrator, channel } = await startChannel()
    await orchestrator.seen('hello')
    orchestrator.drop(code)
    expect(await channel.ended).toBe(end)
    expect(orchestrator.connections).toBe(1)
  })

  it.each([
    ['unknown-line', 'refused'],
    ['superseded', 'fenced'],
  ] as const)('is gone for good after the error %s: %s', async (code, end) => {
    const { channel } = await startChannel({
      onMessage: (message, self) => {
        if (message.type !== 'hello') return
        self.say({ type: 'error', code, message: 'no', retryable: false })
      },
    })
    expect(await channel.ended).toBe(end)
  })

  it('goes on after an error about a single message', async () => {
    const { orchestrator, channel, received } = await startChannel()
    await orchestrator.seen('hello')
    orchestrator.say({ type: 'error', code: 'bad-message', message: 'no', retryable: false })
    orchestrator.say(welcome)
    channel.send(digit('1'))
    await orchestrator.seen('dtmf')
    await expect.poll(() => received).toMatchObject([{ type: 'welcome' }])
  })

  it('does not knock again when its token is refused', async () => {
    const { orchestrator, channel } = await startChannel({ refuse: () => 401 })
    expect(await channel.ended).toBe('unauthorized')
    expect(orchestrator.connections).toBe(0)
  })

  it('knocks again while the orchestrator is not ready', async () => {
    let knocks = 0
    const { orchestrator } = await startChannel({
      refuse: () => {
        knocks += 1
        return knocks < 3 ? 503 : undefined
      },
    })
    await orchestrator.seen('hello')
    expect(knocks).toBe(3)
  })

  it('gives up on an orchestrator that was never reached, and on one that stays away', async () => {
    const never = await startChannel({ refuse: () => 503 }, { firstContactMs: 50 })
    expect(await never.channel.ended).toBe('unreachable')
    // One that takes the connection, confirms what it hears and has no time to answer.
    const busy = await startChannel({}, { firstContactMs: 50 })
    expect(await busy.channel.ended).toBe('unreachable')

    let isGone = false
    const once = await startChannel(
      {
        onMessage: (message, self) => {
          if (message.type === 'hello') self.say(welcome)
        },
        refuse: () => (isGone ? 503 : undefined),
      },
      { giveUpAfterMs: 50 },
    )
    once.channel.send(digit('1'))
    await once.orchestrator.seen('dtmf')
    isGone = true
    once.orchestrator.drop()
    expect(await once.channel.ended).toBe('lost')
  })

  it('gives up on an orchestrator that takes a reconnect and never serves it', async () => {
    const { orchestrator, channel } = await startChannel(
      {
        onMessage: (message, self) => {
          if (message.type === 'hello' && self.connections === 1) self.say(welcome)
        },
        acknowledge: () => orchestrator.connections === 1,
      },
      { giveUpAfterMs: 50 },
    )
    channel.send(digit('1'))
    await orchestrator.seen('dtmf')
    expect(await channel.flushed(5000)).toBe(true)
    orchestrator.drop()
    expect(await channel.ended).toBe('lost')
    expect(orchestrator.connections).toBe(2)
  })

  it('counts a quiet reconnect as contact when it breaks again later', async () => {
    let refusals = 0
    const { orchestrator, channel } = await startChannel(
      {
        onMessage: (message, self) => {
          if (message.type === 'hello' && self.connections === 1) self.say(welcome)
        },
        refuse: () => {
          if (refusals === 0) return undefined
          refusals -= 1
          return 503
        },
      },
      { giveUpAfterMs: 600 },
    )
    await orchestrator.seen('hello')
    orchestrator.drop()
    // The second connection brings nothing but an acknowledgement, for longer than a break may last.
    channel.send(digit('1'))
    await orchestrator.seen('dtmf')
    await sleep(700)
    refusals = 1
    orchestrator.drop()
    channel.send(digit('2'))
    await Promise.race([orchestrator.seen('dtmf', ({ digit: key }) => key === '2'), channel.ended])
    expect(orchestrator.received.at(-1)).toMatchObject(digit('2'))
    expect(orchestrator.connections).toBe(3)
  })
})
