import { randomUUID } from 'node:crypto'
import type { LookupAddress } from 'node:dns'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ResolveAll } from '../../src/webhooks/guarded-agent.ts'
import { openTestDatabase, type TestDatabase } from '../database/test-database.ts'
import { startReceiver } from './receiver.ts'
import { eventsOf, eventually, lineWith, secret, startWebhooks } from './test-webhooks.ts'

const secrets = { WEBHOOK_SECRET: secret }
const publicAddress: LookupAddress = { address: '203.0.114.9', family: 4 }
const loopback: LookupAddress = { address: '127.0.0.1', family: 4 }

describe('where a webhook may go', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await openTestDatabase('pglite')
  })
  afterAll(() => test?.close())

  /** What the first attempt at `url` came to. */
  const firstAttempt = async (
    url: string,
    options: { allowPrivate: readonly string[]; resolve?: ResolveAll },
  ) => {
    const { allowPrivate, resolve } = options
    const line = lineWith([{ url, events: ['call.started'] }])
    const webhooks = startWebhooks(test, {
      ...{ line, settings: { secrets, allowPrivate }, ...(resolve && { resolve }) },
      timing: { toRetryDelayMs: () => 3_600_000, timeoutMs: 5000 },
    })
    const callId = randomUUID()
    await webhooks.tell(callId, eventsOf(line).slice(0, 1))
    const page = await eventually(
      () => webhooks.list({ callId, limit: 1 }),
      ({ deliveries }) => deliveries.some(({ lastStatus, lastFault }) => lastStatus ?? lastFault),
    )
    await webhooks.close()
    return page.deliveries[0]
  }

  it('speaks no plain HTTP with hosts that are not listed', async () => {
    const { url, requests } = await startReceiver()
    expect(await firstAttempt(url, { allowPrivate: [] })).toMatchObject({ lastFault: 'plain-http' })
    expect(requests).toEqual([])
  })

  it.each(['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '0x7f.1', '2130706433', 'localhost'])(
    'does not connect to %s, however it is written',
    async (host) => {
      const { port, requests } = await startReceiver()
      const url = `https://${host}:${port}/hook`
      expect(await firstAttempt(url, { allowPrivate: [] })).toMatchObject({
        ...{ state: 'pending', lastFault: 'blocked-address' },
      })
      expect(requests).toEqual([])
    },
  )

  it('looks at the address it connects to: a name that turns private is refused', async () => {
    const { port, requests } = await startReceiver()
    const answers = [[publicAddress], [loopback]]
    const asked: string[] = []
    const resolve: ResolveAll = (host, _options, done) => {
      asked.push(host)
      done(null, answers.shift() ?? [loopback])
    }
    answers.shift() // whoever checked beforehand was told the public address
    const url = `https://rebind.example:${port}/hook`
    expect(await firstAttempt(url, { allowPrivate: [], resolve })).toMatchObject({
      lastFault: 'blocked-address',
    })
    expect(asked).toEqual(['rebind.example']) // the one answer that counts is the connection's own
    expect(requests).toEqual([])
  })

  it('speaks plain HTTP with a listed host, at its private address', async () => {
    const { port, requests } = await startReceiver()
    const resolve: ResolveAll = (_host, _options, done) => done(null, [loopback])
    const url = `http://hooks.internal:${port}/hook`
    const allowPrivate = ['hooks.internal']
    expect(await firstAttempt(url, { allowPrivate, resolve })).toMatchObject({ state: 'delivered' })
    expect(requests).toHaveLength(1)
  })

  it('stays within DATA_REGION: at the start, and when a line file is changed', async () => {
    const region = { region: 'eu', hosts: ['hooks.example.eu'] }
    const inside = lineWith([{ name: 'owner', url: 'https://hooks.example.eu/hook' }])
    const outside = lineWith([{ name: 'owner', url: 'https://hooks.example.com/hook' }])
    const settings = { secrets, allowPrivate: [] }
    expect(() => startWebhooks(test, { line: outside, region, settings })).toThrow(
      'webhook harbour-hotel.owner: its host is not in DATA_REGION_HOSTS',
    )
    const webhooks = startWebhooks(test, { line: inside, region, settings })
    webhooks.setLine(outside)
    const callId = randomUUID()
    await webhooks.tell(callId, eventsOf(outside).slice(0, 1))
    await eventually(
      () => webhooks.list({ callId, limit: 1 }),
      ({ deliveries }) => deliveries.some(({ lastFault }) => lastFault === 'outside-region'),
    )
  })
})
