import { createLogger, createRegistry } from '@trunkline/telemetry'
import { describe, expect, it } from 'vitest'
import { testLine } from '../../test/support/test-line.ts'
import { createMetrics } from '../metrics.ts'
import type { CallStore, StoreEntry } from '../store/call-store.ts'
import { readStoredCall, type StoredCall, toStoredJson } from '../store/stored-call.ts'
import { createCallRegistry } from './call-registry.ts'

const hello = {
  ...({ type: 'hello', seq: 1, at: 1, protocol: 2, resumeFrom: 0 } as const),
  ...{ room: 'call_100_x', roomSid: 'RM_1', jobId: 'AJ_1', metadata: '' },
}

/** A registry over a store in memory, whose claims are answered when the test says so. */
function create() {
  const metricsRegistry = createRegistry()
  const entries: StoreEntry[] = []
  const pending: (() => void)[] = []
  const deleted: string[] = []
  const adopted: string[] = []
  let isLineThere = true
  let stored: StoredCall | undefined
  let token = 0
  let taken: (callId: string, token: number) => void = () => {}
  const store: CallStore = {
    holder: 'us',
    isReady: true,
    isHealthy: true,
    async claim({ newCallId }) {
      await new Promise<void>((resolve) => pending.push(resolve))
      token += 1
      const isSuperseded = false
      return {
        callId: newCallId,
        epoch: 1,
        token,
        isSuperseded,
        isLate: false,
        wasElsewhere: token > 1,
      }
    },
    async adopt(callId) {
      adopted.push(callId)
      return undefined
    },
    adoptToClose: async () => undefined,
    isHolder: async () => true,
    append(entry) {
      entries.push(entry)
      stored = readStoredCall(toStoredJson(entry.snapshot()))
      entry.onOutcome?.('written')
    },
    read: async () => stored,
    findByRoom: async () => undefined,
    list: async () => ({ calls: [] }),
    readEvents: async () => [],
    watch: () => () => {},
    onTaken(listener) {
      taken = listener
    },
    onBack: () => {},
    becomeReady: async () => true,
    close: async () => {},
  }
  const findLine = () => (isLineThere ? testLine : undefined)
  const registry = createCallRegistry({
    store,
    lines: { byId: findLine, byNumber: findLine },
    dialogue: { streamTurn: () => ({ [Symbol.asyncIterator]: () => ({ next: never }) }) },
    rooms: { delete: async (room) => void deleted.push(room) },
    metrics: createMetrics(metricsRegistry, { models: [] }),
    logger: createLogger('test', { level: 'silent' }),
    now: () => 1000,
    ...{ maxCallSeconds: 600, channelGraceMs: 1000, fence: async () => {} },
  })
  const active = async () => (await metricsRegistry.metrics()).match(/^calls_active (\d+)/m)?.[1]
  return {
    registry,
    entries,
    deleted,
    adopted,
    removeLine() {
      isLineThere = false
    },
    active,
    answerClaim: () => pending.shift()?.(),
    take: (callId: string, by: number) => taken(callId, by),
  }
}
const never = () => new Promise<never>(() => {})

describe('createCallRegistry', () => {
  it('keeps no call whose hello was being answered when it was closed', async () => {
    const { registry, answerClaim } = create()
    const opening = registry.open(hello)
    await registry.close()
    answerClaim()
    expect(await opening).toMatchObject({ kind: 'refused', code: 'unavailable', retryable: true })
    expect(registry.all()).toEqual([])
  })

  it('counts a call once that went to another process and came back', async () => {
    const { registry, answerClaim, active } = create()
    const first = registry.open(hello)
    answerClaim()
    await first
    const second = registry.open(hello)
    answerClaim()
    const opened = await second
    expect(opened.kind).toBe('open')
    expect(await active()).toBe('1')
    if (opened.kind === 'open') await opened.session.endNow('caller-hangup')
    expect(await active()).toBe('0')
    await registry.close()
  })

  it('leaves an orphan whose line is gone to who ends what belongs to nobody', async () => {
    const { registry, answerClaim, take, adopted, removeLine } = create()
    const opening = registry.open(hello)
    answerClaim()
    const opened = await opening
    if (opened.kind !== 'open') throw new Error('refused')
    const { session } = opened
    take(session.id, session.token + 1)
    await registry.adopt(session.id)
    expect(adopted).toEqual([session.id])
    removeLine()
    expect(await registry.adopt(session.id)).toBeUndefined()
    expect(adopted).toEqual([session.id])
  })

  it('ends a call whose line was removed while it changed hands, with its record as it was', async () => {
    const { registry, answerClaim, take, entries, deleted, removeLine } = create()
    const opening = registry.open(hello)
    answerClaim()
    const opened = await opening
    if (opened.kind !== 'open') throw new Error('refused')
    const { session } = opened
    session.handle({ type: 'call-status', seq: 2, at: 2, status: 'active' })
    const data = { kind: 'recording', decision: 'given', textVersion: 'v1' }
    session.put({ type: 'external-event', at: 3, eventId: 'e', source: 's', kind: 'consent', data })
    const before = entries.at(-1)?.snapshot()
    const written = entries.length
    take(session.id, session.token + 1)
    removeLine()
    const again = registry.open({ ...hello, jobId: 'AJ_2', callId: session.id })
    answerClaim()
    expect(await again).toMatchObject({ kind: 'refused', code: 'unknown-line', retryable: false })
    expect(before?.call.recordingConsent).toBe('given')
    expect(entries.at(-1)?.snapshot().call).toEqual({
      ...before?.call,
      ...{ state: 'failed', endReason: 'unknown-line', endedAt: 1000 },
    })
    expect(entries.slice(written).map(({ event }) => event?.type)).toEqual([
      'call-ending',
      'call-ended',
    ])
    expect(deleted).toEqual([hello.room])
  })

  it('lets go when another process takes the call, and not for news that are older than its lease', async () => {
    const { registry, answerClaim, take, active, entries, deleted } = create()
    const opening = registry.open(hello)
    answerClaim()
    const opened = await opening
    if (opened.kind !== 'open') throw new Error('refused')
    const { session } = opened
    take(session.id, session.token)
    expect(registry.get(session.id)).toBe(session)
    take(session.id, session.token + 1)
    expect(registry.get(session.id)).toBeUndefined()
    expect(await active()).toBe('0')
    const written = entries.length
    session.handle({ type: 'speech-start', seq: 2, at: 2 })
    await session.endNow('caller-hangup')
    expect(entries).toHaveLength(written)
    expect(deleted).toEqual([])
  })
})
