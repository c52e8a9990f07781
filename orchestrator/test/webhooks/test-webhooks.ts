import { setTimeout as sleep } from 'node:timers/promises'
import {
  type CallEvent,
  type CallRecord,
  type Line,
  line as lineSchema,
} from '@trunkline/contracts'
import { epochNow } from '@trunkline/runtime'
import { createRegistry } from '@trunkline/telemetry'
import { onTestFinished } from 'vitest'
import { applyEvent, toCallRecord } from '../../src/calls/apply-event.ts'
import { createMetrics } from '../../src/metrics.ts'
import {
  createWebhooks,
  type Webhooks,
  type WebhooksDeps,
} from '../../src/webhooks/create-webhooks.ts'
import { logger, type TestDatabase } from '../database/test-database.ts'
import { testLine } from '../support/test-line.ts'
import type { Received } from './receiver.ts'

export const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
export const newerSecret = `whsec_${Buffer.alloc(32, 8).toString('base64')}`

export const typesOf = (requests: readonly Received[]) =>
  requests.map(({ message }) => message.type)
export const ofCall = (callId: string) => (received: Received) =>
  received.message.data.callId === callId
export const wholeCall = ['call.started', 'call.answered', 'call.ended', 'transcript.ready']

let addresses = 0
/** A line whose owner is told at these addresses; what other tests have left waits elsewhere. */
export function lineWith(
  webhooks: readonly { name?: string; url: string; events?: readonly string[] }[],
): Line {
  addresses += 1
  const name = `owner-${addresses}`
  const settings = webhooks.map((one) => ({ name, secretEnv: 'WEBHOOK_SECRET', ...one }))
  return lineSchema.parse({ ...testLine, privacy: { transcripts: 'full' }, webhooks: settings })
}

export interface TestWebhooks extends Webhooks {
  /** Takes a line file over. */
  setLine(line: Line): void
  /** Writes events of a call in one transaction each, as the record consumer does. */
  tell(callId: string, events: readonly CallEvent[]): Promise<void>
}

/** The real thing on a test's database, impatient. */
export function startWebhooks(
  { database }: Pick<TestDatabase, 'database'>,
  options: { line: Line } & Partial<Omit<WebhooksDeps, 'client'>>,
): TestWebhooks {
  let { line } = options
  const lines = {
    byId: (id: string) => (id === line.id ? line : undefined),
    all: () => [line],
  }
  const { line: _line, timing, ...rest } = options
  const metrics = createMetrics(createRegistry(), { models: [] })
  const webhooks = createWebhooks({
    ...{ client: database.client, lines, linesDir: '.', metrics, logger, now: epochNow },
    settings: { secrets: { WEBHOOK_SECRET: secret }, allowPrivate: ['127.0.0.0/8'] },
    redact: (text) => text,
    region: { region: undefined, hosts: [] },
    timing: { pollMs: 20, timeoutMs: 5000, toRetryDelayMs: () => 10, ...timing },
    ...rest,
  })
  onTestFinished(() => webhooks.close())
  const records = new Map<string, CallRecord>()
  return {
    ...webhooks,
    setLine(next) {
      line = next
    },
    async tell(callId, events) {
      for (const event of events) {
        const before = records.get(callId)
        const call =
          event.type === 'call-created'
            ? toCallRecord(callId, event)
            : before && applyEvent(before, event)
        if (!call) throw new Error('a call begins with call-created')
        records.set(callId, call)
        await database.client.transaction((tx) => webhooks.enqueue(tx, { call, event }))
      }
      webhooks.wake()
    },
  }
}

/** A short call, from its beginning to its end. */
export function eventsOf(line: Line, { at = Date.now() }: { at?: number } = {}): CallEvent[] {
  const turnId = 'turn-1'
  return [
    {
      ...{ type: 'call-created', at, line: line.id, room: 'call_100_x', roomSid: 'RM_x' },
      ...{ jobId: 'AJ_x', greeting: 'Hello.' },
    },
    { type: 'call-started', at, direction: 'inbound', sipCallId: 'SCL_1' },
    { type: 'call-active', at: at + 1000 },
    { type: 'heard', at: at + 1500, turnId: 'greeting', text: 'Hello.', interrupted: false },
    {
      ...{ type: 'turn-received', at: at + 2000, turnId, text: 'My card is 4242.' },
      ...{ language: 'en', source: 'speech' },
    },
    { type: 'heard', at: at + 3000, turnId, text: 'Thank you.', interrupted: false },
    { type: 'call-ending', at: at + 4000, reason: 'agent-goodbye' },
    { type: 'call-ended', at: at + 4500, reason: 'agent-goodbye' },
  ]
}

/** Looks until it is so: for what only the database shows. */
export async function eventually<T>(
  read: () => Promise<T>,
  isSo: (value: T) => boolean,
): Promise<T> {
  for (;;) {
    const value = await read()
    if (isSo(value)) return value
    await sleep(10)
  }
}
