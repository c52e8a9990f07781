import { isDeepStrictEqual } from 'node:util'
import { type CallEvent, type CallEventOf, type CallRecord, endReason } from '@trunkline/contracts'
import { describe, expect, it } from 'vitest'
import type { StoreEntry } from '../store/call-store.ts'
import { rebuildRecord, toCallRecord } from './apply-event.ts'
import { createJournal } from './journal.ts'

const histories = 3000
const longest = 120
const retained = { ttlSeconds: 60, now: () => 1 }

/** Mulberry32: a history that fails is found again by its seed. */
function createRandom(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (count: number) => Math.floor(next() * count)
  return {
    below,
    pick: <T>(items: readonly [T, ...T[]]): T => items[below(items.length)] ?? items[0],
    chance: (share: number) => next() < share,
  }
}
type Random = ReturnType<typeof createRandom>

const created: CallEventOf<'call-created'> = {
  ...({ type: 'call-created', at: 1, line: 'l', room: 'r', roomSid: 's', jobId: 'j1' } as const),
  greeting: 'Hello.',
}

/** Any event at any time: most of these histories could not happen, and none may lose its way. */
function anyEvent({ below, pick, chance }: Random, at: number): CallEvent {
  const turnId = pick(['turn-1', 'turn-2', 'turn-3', 'turn-4', 'greeting', 'prompt-silence'])
  const other = pick(['turn-1', 'turn-2', 'turn-3'])
  const index = below(4)
  const actionId = `action-${below(24)}`
  const jobId = pick(['j1', 'j2', 'j3'])
  const toolCallId = pick(['c1', 'c2'])
  const name = pick(['create_reservation', 'check_availability'])
  const ok = chance(0.5)
  const reason = endReason.options[below(endReason.options.length)] ?? 'silence'
  const ending: CallEvent[] = [
    { at, type: 'call-ending', reason },
    { at, type: 'call-ended', reason },
  ]
  return pick<CallEvent>([
    { at, type: 'call-started', direction: 'inbound', sipCallId: 'x' },
    { at, type: 'call-ringing' },
    { at, type: 'call-active' },
    { at, type: 'call-held' },
    { at, type: 'call-resumed' },
    { at, type: 'call-transferring' },
    { at, type: 'call-bridged' },
    { at, type: 'transfer-failed' },
    { at, type: 'speech-start' },
    { at, type: 'speech-end' },
    { at, type: 'transcript-final', text: 't' },
    {
      ...{ at, type: 'turn-received', turnId: other, text: 'hi', language: 'en', source: 'speech' },
      ...(chance(0.3) ? { supersedes: pick(['turn-1', 'turn-2']) } : {}),
    },
    { at, type: 'tool-called', turnId, toolCallId, name, arguments: { n: index } },
    { at, type: 'tool-finished', turnId, toolCallId, name, ok, result: { n: index } },
    { at, type: 'say', turnId, index, text: `s${index}`, kind: 'reply', seq: at, epoch: 1 },
    { at, type: 'say', turnId, index, text: `p${index}`, kind: 'prompt' },
    { at, type: 'say-started', turnId, index },
    { at, type: 'say-finished', turnId, index, playedMs: 5 },
    { at, type: 'turn-cancelled', turnId },
    { at, type: 'turn-finished', turnId },
    { at, type: 'turn-failed', turnId, code: 'timeout' },
    { at, type: 'turn-resumed', turnId, lastIndex: index },
    { at, type: 'heard', turnId, text: 'h', interrupted: ok },
    {
      ...{ at, type: 'turn-stats', turnId, firstSampleAt: at },
      waterfall: { orchestratorMs: 1, llmMs: 2, ttsMs: 3, agentMs: 4 },
    },
    { at, type: 'action', actionId, kind: 'expect', action: { kind: 'expect', expect: 'date' } },
    { at, type: 'action', actionId, kind: 'mute', action: { kind: ok ? 'mute' : 'unmute' } },
    { at, type: 'action-finished', actionId, ok, ...(ok ? {} : { code: 'not-supported' }) },
    { at, type: 'job-linked', jobId, epoch: index + 1, holder: 'h', token: at, protocol: 2 },
    { at, type: 'job-lost', jobId, epoch: index + 1, why: 'broken' },
    { at, type: 'job-back', jobId, epoch: index + 1 },
    { at, type: 'orchestrator-changed', holder: 'h2', token: at },
    { at, type: 'dtmf', digit: '1' },
    ...(chance(0.1) ? ending : []),
  ])
}

/** A history through the real journal: what it has stored, and the state it has stored last. */
function live(seed: number) {
  const random = createRandom(seed)
  const entries: StoreEntry[] = []
  let illegal = 0
  const journal = createJournal({
    ...retained,
    record: toCallRecord('id', created),
    store: { append: (entry) => void entries.push(entry), isHealthy: true },
    metrics: {
      event: () => {},
      illegalTransition: () => {
        illegal += 1
      },
    },
    lease: () => ({ epoch: 1, token: 1, jobId: 'j1', handled: 0 }),
  })
  journal.emit(created)
  const length = random.below(longest)
  for (let at = 2; at < length; at += 1) {
    if (random.chance(0.02)) journal.writeBack()
    else journal.emit(anyEvent(random, at))
  }
  const events = entries.flatMap(({ event }) => (event === undefined ? [] : [event]))
  return { events, entries, journal, illegal }
}

/** As it is after its way through Redis. */
const throughJson = <T>(value: T): unknown => JSON.parse(JSON.stringify(value))

describe('a call’s event stream', () => {
  it(`rebuilds record and phase of ${histories} random histories, to the last field`, () => {
    let events = 0
    let illegal = 0
    const states = new Set<CallRecord['state']>()
    const phases = new Set<string>()
    for (let seed = 1; seed <= histories; seed += 1) {
      const history = live(seed)
      const stored = history.entries.at(-1)?.snapshot().call
      const rebuilt = rebuildRecord('id', history.events)
      if (!isDeepStrictEqual(rebuilt, stored)) {
        expect({ seed, call: rebuilt }).toEqual({ seed, call: stored }) // shows where they part
      }
      expect(isDeepStrictEqual(rebuilt, stored)).toBe(true)
      if (rebuilt?.phase !== stored?.phase) throw new Error(`phases of ${seed} differ`)
      events += history.events.length
      illegal += history.illegal
      if (rebuilt) states.add(rebuilt.state)
      phases.add(history.journal.phase)
    }
    // The walk went everywhere, and also where it may not.
    expect([...states].toSorted()).toEqual([
      ...['active', 'bridged', 'created', 'ended', 'ending', 'failed', 'held', 'ringing'],
      'transferring',
    ])
    expect(phases.size).toBe(5)
    expect(events).toBeGreaterThan(histories * 10)
    expect(illegal).toBeGreaterThan(histories)
  }, 30_000)

  it('goes on from a stream that was begun anew after Redis had lost it', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const { events, entries } = live(seed)
      const cut = seed % events.length
      const call = entries.filter(({ event }) => event !== undefined)[cut]?.snapshot().call
      if (!call) throw new Error('no state')
      const restored: CallEvent = { type: 'call-restored', at: 1, call }
      const rebuilt = rebuildRecord('id', [restored, ...events.slice(cut + 1)])
      expect({ seed, call: throughJson(rebuilt) }).toEqual({
        seed,
        call: throughJson(rebuildRecord('id', events)),
      })
    }
  })

  it('takes no event after the end', () => {
    const { journal } = live(1)
    const ended = { at: 500, type: 'call-ended', reason: 'caller-hangup' } as const
    journal.emit({ at: 499, type: 'call-ending', reason: 'caller-hangup' })
    journal.emit(ended)
    const { record } = journal
    expect(journal.emit({ at: 501, type: 'speech-start' })).toBe(false)
    expect(journal.emit(ended)).toBe(false)
    expect(journal.record).toBe(record)
  })
})
