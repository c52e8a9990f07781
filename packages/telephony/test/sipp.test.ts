import { join } from 'node:path'
import { needs } from '@trunkline/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { type Call, createPhone, type Phone, type PhoneOptions } from '../src/index.ts'
import { findFreePort, runProgram } from './programs.ts'

const timers = { t1Ms: 200 }
const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

const phone = async (options: PhoneOptions = {}): Promise<Phone> => {
  const created = await createPhone({ timers, ...options })
  open.push(created)
  return created
}

/** Runs a scenario once; `passed` throws with what SIPp said when it did not go as written. */
const runScenario = async (name: string, target?: { host: string; port: number }) => {
  const [port, media] = await Promise.all([findFreePort(), findFreePort()])
  const program = runProgram('sipp', [
    ...['-sf', join(import.meta.dirname, 'sipp', `${name}.xml`)],
    ...['-i', '127.0.0.1', '-p', `${port}`, '-mi', '127.0.0.1', '-mp', `${media & ~1}`],
    ...['-m', '1', '-timeout', '15s', '-timeout_error', '-nostdin'],
    ...['-default_behaviors', 'none'],
    ...(target ? [`${target.host}:${target.port}`] : []),
  ])
  open.push({ close: () => program.stop() })
  const passed = async () => {
    const code = await program.ended
    if (code !== 0) throw new Error(`sipp ended with ${code}:\n${program.output()}`)
  }
  return { passed, address: { host: '127.0.0.1', port } }
}

/** Calls the scenario; INVITE is repeated until SIPp listens. */
const dial = async (
  caller: Phone,
  address: { host: string; port: number },
  password = 's3cret',
) => {
  const credentials = { username: 'alice', password }
  return caller.call({ to: '100', from: 'alice', ...address, credentials })
}

describe('against SIPp as the server', needs(['sipp']), () => {
  it.each(['digest-plain', 'digest-qop'])('proves who it is: %s', async (name) => {
    const { passed, address } = await runScenario(name)
    const call = await dial(await phone(), address)
    await call.answered
    expect(call.timings.challengedAt).toBeDefined()
    expect(await call.hangup()).toMatchObject({ by: 'local', code: 'hangup' })
    await passed()
  })

  it.each(['digest-plain', 'digest-qop'])(
    'cannot prove it with a wrong password: %s',
    async (name) => {
      const { address } = await runScenario(name)
      const call = await dial(await phone(), address, 'wrong')
      expect(await call.ended).toMatchObject({ by: 'remote', code: 'rejected', status: 403 })
    },
  )

  it('acknowledges a 2xx as often as it comes, and is hung up on with a reason', async () => {
    const { passed, address } = await runScenario('uas-bye')
    const call = await dial(await phone(), address)
    expect(await call.ended).toMatchObject({
      by: 'remote',
      code: 'hangup',
      reason: 'Q.850;cause=16;text="Normal"',
    })
    await passed()
  })

  it('cancels what rings', async () => {
    const { passed, address } = await runScenario('uas-cancel')
    const call = await dial(await phone(), address)
    await new Promise<void>((resolve) => {
      call.subscribe(({ type }) => {
        if (type === 'ringing') resolve()
      })
    })
    expect(await call.hangup()).toMatchObject({ by: 'local', code: 'cancelled', status: 487 })
    await passed()
  })

  it('follows hold, an offerless re-INVITE, REFER and what it does not know', async () => {
    const { passed, address } = await runScenario('uas-reinvite')
    const call = await dial(await phone(), address)
    const seen: string[] = []
    call.subscribe((event) => {
      seen.push(event.type === 'refer' ? event.refer.target : event.type)
      if (event.type === 'refer') event.refer.accept().notify(200, 'OK')
    })
    await call.ended
    await passed()
    expect(seen).toEqual(['answered', 'hold', 'unhold', 'sip:desk@192.0.2.9', 'ended'])
  })
})

describe('against SIPp as the client', needs(['sipp']), () => {
  /** A phone that lets it ring and then answers. */
  const answering = async (calls: Call[], options: PhoneOptions = {}) =>
    phone({
      ...options,
      onIncoming: (incoming) => {
        incoming.ring()
        void incoming.accept().then((call) => calls.push(call))
      },
    })

  it.each(['uac-bye', 'uac-no-offer'])('is rung: %s', async (name) => {
    const calls: Call[] = []
    const callee = await answering(calls)
    const { passed } = await runScenario(name, callee.address)
    await passed()
    const [call] = calls
    expect(await call?.ended).toMatchObject({ by: 'remote', code: 'hangup' })
    expect(call?.mediaCounts.sent).toBeGreaterThan(0)
  })

  it('repeats its 200 until the ACK is there', async () => {
    const calls: Call[] = []
    let sent = 0
    const callee = await answering(calls, {
      onTrace: ({ direction, text }) => {
        if (direction === 'sent' && /^SIP\/2.0 200[\s\S]*CSeq: 1 INVITE/.test(text)) sent += 1
      },
    })
    const { passed } = await runScenario('uac-lost-ack', callee.address)
    await passed()
    expect(sent).toBeGreaterThan(1)
    expect(await calls[0]?.ended).toMatchObject({ by: 'remote', code: 'hangup' })
  })

  it('learns that the caller gave up', async () => {
    let over: AbortSignal | undefined
    const callee = await phone({
      onIncoming: (incoming) => {
        over = incoming.over
        incoming.ring()
      },
    })
    const { passed } = await runScenario('uac-cancel', callee.address)
    await passed()
    expect(over?.aborted).toBe(true)
  })
})
