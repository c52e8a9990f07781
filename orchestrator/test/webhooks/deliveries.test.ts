import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CallEvent } from '@trunkline/contracts'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '../../src/database/database.ts'
import { createEffectLedger } from '../../src/database/effect-ledger.ts'
import {
  databases,
  logger,
  openTestDatabase,
  type TestDatabase,
} from '../database/test-database.ts'
import { ok, type Received, startReceiver } from './receiver.ts'
import {
  eventsOf,
  eventually,
  lineWith,
  newerSecret,
  ofCall,
  secret,
  startWebhooks,
  typesOf,
  wholeCall,
} from './test-webhooks.ts'

/** What the vendor's own client makes of a request. @throws when the signature does not fit */
function verify({ body, headers }: Received, key: string): unknown {
  return new Webhook(key).verify(body, {
    'webhook-id': String(headers['webhook-id']),
    'webhook-timestamp': String(headers['webhook-timestamp']),
    'webhook-signature': String(headers['webhook-signature']),
  })
}

describe.each(databases)('webhooks to a line’s owner on $kind', ({ kind, options }) => {
  describe('sending', options, () => {
    let test: TestDatabase
    beforeAll(async () => {
      test = await openTestDatabase(kind)
    })
    afterAll(() => test?.close())

    it('tells of a call in order, signed so that the convention’s own library accepts it', async () => {
      const receiver = await startReceiver()
      const line = lineWith([{ url: receiver.url }])
      const webhooks = startWebhooks(test, { line })
      const callId = randomUUID()
      await webhooks.tell(callId, eventsOf(line, { at: Date.parse('2026-11-20T18:00:00Z') }))
      const requests = await receiver.until(4)
      expect(typesOf(requests)).toEqual(wholeCall)
      for (const request of requests) expect(verify(request, secret)).toEqual(request.message)
      const [first, , ended, transcript] = requests
      if (!first) throw new Error('nothing came')
      expect(() => verify({ ...first, body: `${first.body} ` }, secret)).toThrow('signature')
      expect(ended?.message).toMatchObject({
        timestamp: '2026-11-20T18:00:04.500Z',
        data: { callId, reason: 'agent-goodbye', talkSeconds: 3.5, direction: 'inbound' },
      })
      expect(transcript?.message.data).toMatchObject({
        entries: [
          { role: 'agent', text: 'Hello.' },
          { role: 'caller', text: 'My card is 4242.', language: 'en' },
          { role: 'agent', text: 'Thank you.', language: 'en' },
        ],
      })
      expect(new Set(requests.map(({ headers }) => headers['webhook-id'])).size).toBe(4)
    })

    it('signs with both secrets while one is being changed, read from a file each time', async () => {
      const receiver = await startReceiver()
      const folder = await mkdtemp(join(tmpdir(), 'trunkline-secret-'))
      onTestFinished(() => rm(folder, { recursive: true }))
      const file = join(folder, 'owner')
      const line = lineWith([{ url: receiver.url, events: ['call.started'] }])
      const [settings] = line.webhooks
      if (!settings) throw new Error('no webhook')
      const { secretEnv: _none, ...rest } = settings
      const webhooks = startWebhooks(test, {
        line: { ...line, webhooks: [{ ...rest, secretFile: file }] },
      })
      await webhooks.tell(randomUUID(), eventsOf(line).slice(0, 1)) // no secret yet: it waits
      await writeFile(file, `${newerSecret}\n${secret}\n`)
      const [request] = await receiver.until(1)
      if (!request) throw new Error('nothing came')
      expect(verify(request, secret)).toEqual(request.message)
      expect(verify(request, newerSecret)).toEqual(request.message)
    })

    it('tries again until it is taken, and lets a later event of the call wait, but no other call', async () => {
      const failing = randomUUID()
      const other = randomUUID()
      const receiver = await startReceiver((response, { message }) => {
        const attempts = receiver.requests.filter(ofCall(failing)).length
        const isFailing = message.data.callId === failing && attempts <= 3
        response.writeHead(isFailing ? 500 : 200).end()
      })
      const line = lineWith([{ url: receiver.url, events: ['call.started', 'call.answered'] }])
      const webhooks = startWebhooks(test, { line })
      await webhooks.tell(failing, eventsOf(line))
      await webhooks.tell(other, eventsOf(line))
      const requests = await receiver.until(5, ofCall(failing))
      expect(typesOf(requests)).toEqual([...Array(4).fill('call.started'), 'call.answered'])
      expect(new Set(requests.slice(0, 4).map(({ headers }) => headers['webhook-id'])).size).toBe(1)
      expect(typesOf(await receiver.until(2, ofCall(other)))).toEqual([
        'call.started',
        'call.answered',
      ])
    })

    it('delivers after a restart what could not be delivered before it', async () => {
      const receiver = await startReceiver()
      const { port } = receiver
      await receiver.close() // the owner is down
      const line = lineWith([{ url: receiver.url }])
      const before = startWebhooks(test, { line })
      const callId = randomUUID()
      await before.tell(callId, eventsOf(line))
      await eventually(
        () => before.list({ callId, limit: 10 }),
        ({ deliveries }) => deliveries.some(({ lastFault }) => lastFault === 'refused'),
      )
      await before.close()
      const again = await startReceiver(ok, { port })
      startWebhooks(test, { line })
      expect(typesOf(await again.until(4))).toEqual(wholeCall)
    })

    it('adds nothing when the same event comes again', async () => {
      const receiver = await startReceiver()
      const line = lineWith([{ url: receiver.url }])
      const webhooks = startWebhooks(test, { line })
      const callId = randomUUID()
      await webhooks.tell(callId, eventsOf(line))
      await webhooks.tell(callId, eventsOf(line))
      await receiver.until(4)
      const { deliveries } = await webhooks.list({ callId, limit: 50 })
      expect(deliveries.map(({ type }) => type).toReversed()).toEqual(wholeCall)
    })

    it('sends nothing of an event whose transaction is rolled back', async () => {
      const receiver = await startReceiver()
      const line = lineWith([{ url: receiver.url }])
      const webhooks = startWebhooks(test, { line })
      const callId = randomUUID()
      const [event] = eventsOf(line)
      if (event?.type !== 'call-created') throw new Error('a call begins so')
      const call = { ...callRecord(callId, line.id), createdAt: event.at }
      const failed = test.database.client.transaction(async (tx) => {
        await webhooks.enqueue(tx, { call, event })
        throw new Error('the record could not be written')
      })
      await expect(failed).rejects.toThrow('could not be written')
      expect(await webhooks.list({ callId, limit: 10 })).toEqual({ deliveries: [] })
    })

    it('tells what the ledger has committed, once, and nothing that it has not', async () => {
      const receiver = await startReceiver()
      const line = lineWith([{ url: receiver.url, events: ['effect.committed', 'call.ended'] }])
      const webhooks = startWebhooks(test, { line })
      const callId = randomUUID()
      const ledger = createEffectLedger(test.database.client)
      const request = { callId, turnId: 'turn-1', epoch: 1, tool: 'create_reservation' }
      const { signal } = new AbortController()
      for (const isOk of [true, false]) {
        const identity = { ...request, arguments: { night: isOk ? 'first' : 'second' } }
        const step = async () => ({ ok: isOk, result: { number: '4711' } })
        await ledger.run({ ...identity, identity: identity.arguments }, step, { signal })
      }
      const finished = {
        type: 'tool-finished' as const,
        ...{ at: Date.now(), turnId: 'turn-1', name: 'create_reservation', ok: true, result: {} },
      } satisfies CallEvent
      const events = eventsOf(line)
      await webhooks.tell(callId, [...events.slice(0, 5), finished, finished, ...events.slice(5)])
      const requests = await receiver.until(2)
      expect(typesOf(requests)).toEqual(['effect.committed', 'call.ended'])
      expect(requests[0]?.message.data).toMatchObject({
        ...{ tool: 'create_reservation', arguments: { night: 'first' } },
        result: { number: '4711' },
      })
      expect(requests).toHaveLength(2)
    })
  })

  it('is sent once though three processes send', options, async () => {
    const test = await openTestDatabase(kind)
    onTestFinished(() => test.close())
    const receiver = await startReceiver()
    const line = lineWith([{ url: receiver.url }])
    const first = startWebhooks(test, { line })
    // PGlite has one process only; PostgreSQL gives each sender connections of its own.
    const others = await Promise.all(
      [1, 2].map(async () => {
        if (kind === 'pglite') return test
        const database = await openDatabase({ ...test.address, logger })
        onTestFinished(() => database.close())
        return { database }
      }),
    )
    for (const other of others) startWebhooks(other, { line })
    const calls = Array.from({ length: 20 }, () => randomUUID())
    await Promise.all(calls.map((callId) => first.tell(callId, eventsOf(line))))
    await receiver.until(80)
    await eventually(
      () => first.list({ state: 'pending', limit: 1 }),
      ({ deliveries }) => deliveries.length === 0,
    )
    expect(receiver.requests).toHaveLength(80)
    for (const callId of calls) {
      expect(typesOf(receiver.requests.filter(ofCall(callId)))).toEqual(wholeCall)
    }
  })
})

function callRecord(id: string, line: string) {
  return {
    ...{ id, line, state: 'created' as const, room: 'r', roomSid: 'RM', greeting: '' },
    ...{ createdAt: 0, turns: [] },
  }
}
