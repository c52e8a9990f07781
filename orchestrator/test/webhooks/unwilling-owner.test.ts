import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases, openTestDatabase, type TestDatabase } from '../database/test-database.ts'
import { ok, startReceiver, status } from './receiver.ts'
import {
  eventsOf,
  eventually,
  lineWith,
  ofCall,
  startWebhooks,
  typesOf,
  wholeCall,
} from './test-webhooks.ts'

describe.each(databases)('an owner that does not want or cannot, on $kind', ({ kind, options }) => {
  describe('sending', options, () => {
    let test: TestDatabase
    beforeAll(async () => {
      test = await openTestDatabase(kind)
    })
    afterAll(() => test?.close())

    it('is switched off by 410, visibly, until an operator switches it on and replays', async () => {
      const receiver = await startReceiver(status(410))
      const line = lineWith([{ name: 'gone', url: receiver.url }])
      const webhooks = startWebhooks(test, { line })
      const first = randomUUID()
      await webhooks.tell(first, eventsOf(line))
      const { deliveries } = await eventually(
        () => webhooks.list({ callId: first, limit: 10 }),
        (page) => page.deliveries.every(({ state }) => state === 'dead'),
      )
      expect(deliveries.map(({ lastFault }) => lastFault).toReversed()).toEqual([
        'gone',
        ...Array(3).fill('endpoint-off'),
      ])
      const second = randomUUID()
      await webhooks.tell(second, eventsOf(line).slice(0, 1))
      const later = await webhooks.list({ state: 'dead', callId: second, limit: 10 })
      expect(later.deliveries).toMatchObject([{ lastFault: 'endpoint-off', attempts: 0 }])
      expect(await webhooks.status()).toMatchObject([{ state: 'off', pending: 0, dead: 5 }])
      expect(receiver.requests).toHaveLength(1)

      receiver.answer = ok
      const [off] = await webhooks.status()
      await webhooks.switchOn(off?.endpoint ?? '')
      for (const { id } of deliveries.toReversed()) await webhooks.replay(Number(id))
      const replayed = await receiver.until(5, ofCall(first))
      expect(typesOf(replayed).slice(1)).toEqual(wholeCall)
      expect(await webhooks.status()).toMatchObject([{ state: 'on' }])
    })

    it('is tried again at its new URL, though the old one had switched itself off', async () => {
      const old = await startReceiver(status(410))
      const moved = await startReceiver()
      const line = lineWith([{ name: 'moving', url: old.url }])
      const webhooks = startWebhooks(test, { line })
      await webhooks.tell(randomUUID(), eventsOf(line).slice(0, 1))
      await eventually(
        () => webhooks.status(),
        ([one]) => one?.state === 'off',
      )
      webhooks.setLine(lineWith([{ name: 'moving', url: moved.url }]))
      await webhooks.tell(randomUUID(), eventsOf(line).slice(0, 1))
      expect(typesOf(await moved.until(1))).toEqual(['call.started'])
    })

    it('is not followed to where it redirects', async () => {
      const elsewhere = await startReceiver()
      const receiver = await startReceiver(status(307, { location: elsewhere.url }))
      const line = lineWith([{ name: 'redirect', url: receiver.url }])
      const webhooks = startWebhooks(test, { line })
      const callId = randomUUID()
      await webhooks.tell(callId, eventsOf(line).slice(0, 1))
      await receiver.until(2)
      const { deliveries } = await webhooks.list({ callId, limit: 1 })
      expect(deliveries).toMatchObject([
        { state: 'pending', lastStatus: 307, lastFault: 'redirect' },
      ])
      expect(elsewhere.requests).toEqual([])
    })

    it('gets the pause it asks for by Retry-After, for everything at its address', async () => {
      const receiver = await startReceiver(status(429, { 'retry-after': '3600' }))
      const line = lineWith([{ name: 'busy', url: receiver.url }])
      const asked: unknown[] = []
      const toRetryDelayMs = (_attempt: number, { retryAfterMs = 0 }) => {
        asked.push(retryAfterMs)
        return retryAfterMs
      }
      const webhooks = startWebhooks(test, { line, timing: { toRetryDelayMs } })
      const callId = randomUUID()
      await webhooks.tell(callId, eventsOf(line).slice(0, 1))
      const [busy] = await eventually(
        () => webhooks.status(),
        ([one]) => one?.pausedUntil !== undefined,
      )
      expect(Date.parse(busy?.pausedUntil ?? '') - Date.now()).toBeGreaterThan(3_000_000)
      const { deliveries } = await webhooks.list({ callId, limit: 1 })
      const nextAt = Date.parse(deliveries[0]?.nextAttemptAt ?? '')
      expect(nextAt - Date.now()).toBeGreaterThan(3_000_000)
      expect(asked).toContain(3_600_000)
    })

    it('that answers without end is taken at its status, and one that is silent is tried again', async () => {
      const receiver = await startReceiver((response, { path }) => {
        response.writeHead(200, { 'content-type': 'text/plain' })
        const flood = () => {
          while (!response.destroyed && response.write('x'.repeat(65_536)));
        }
        if (path === '/endless') response.on('drain', flood)
        if (path === '/endless') flood()
      })
      const base = new URL(receiver.url).origin
      const silent = await startReceiver(() => {})
      const line = lineWith([
        { name: 'endless', url: `${base}/endless`, events: ['call.started'] },
        { name: 'silent', url: silent.url, events: ['call.started'] },
      ])
      const webhooks = startWebhooks(test, { line, timing: { timeoutMs: 1000 } })
      const callId = randomUUID()
      await webhooks.tell(callId, eventsOf(line).slice(0, 1))
      const { deliveries } = await eventually(
        () => webhooks.list({ callId, limit: 10 }),
        (page) => page.deliveries.every(({ lastStatus, lastFault }) => lastStatus ?? lastFault),
      )
      expect(deliveries.toReversed()).toMatchObject([
        { state: 'delivered', lastStatus: 200 },
        { state: 'pending', lastFault: 'timeout' },
      ])
    })

    it('that hangs holds up no other owner', async () => {
      const hanging = await startReceiver(() => {})
      const well = await startReceiver()
      const line = lineWith([
        { name: 'hanging', url: hanging.url, events: ['call.started'] },
        { name: 'well', url: well.url, events: ['call.started'] },
      ])
      const webhooks = startWebhooks(test, { line, timing: { timeoutMs: 600_000 } })
      for (let call = 0; call < 30; call += 1) {
        await webhooks.tell(randomUUID(), eventsOf(line).slice(0, 1))
      }
      await well.until(30)
      expect(hanging.requests).toHaveLength(4) // no more at once
    })

    it('is given up after its time, and the dead letter can be replayed once', async () => {
      const receiver = await startReceiver(status(500))
      const line = lineWith([{ name: 'broken', url: receiver.url, events: ['call.started'] }])
      // The third attempt would be after the end of its time.
      const toRetryDelayMs = (attempt: number) => (attempt < 2 ? 0 : 10_000)
      const timing = { giveUpAfterMs: 5000, toRetryDelayMs }
      const webhooks = startWebhooks(test, { line, timing })
      const callId = randomUUID()
      await webhooks.tell(callId, eventsOf(line).slice(0, 1))
      const { deliveries } = await eventually(
        () => webhooks.list({ callId, state: 'dead', limit: 1 }),
        (page) => page.deliveries.length > 0,
      )
      const [dead] = deliveries
      expect(dead).toMatchObject({ attempts: 2, lastStatus: 500, lastFault: 'status' })
      receiver.answer = ok
      const id = Number(dead?.id)
      expect(await webhooks.replay(id)).toMatchObject({ kind: 'replayed' })
      await eventually(
        () => webhooks.list({ callId, state: 'delivered', limit: 1 }),
        (page) => page.deliveries.length > 0,
      )
      expect(await webhooks.replay(id)).toEqual({ kind: 'not-dead', state: 'delivered' })
      expect(await webhooks.replay(999_999_999)).toEqual({ kind: 'unknown' })
    })
  })
})
