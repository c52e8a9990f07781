import type { TransferOutcome } from '@trunkline/contracts'
import { createLogger } from '@trunkline/telemetry'
import { describe, expect, it } from 'vitest'
import { testLine } from '../../test/support/test-line.ts'
import { at, onPhone, startJournal, transferServices } from '../../test/support/transferring.ts'
import type { RoomParticipant } from '../livekit/room-info.ts'
import { type Attempt, attemptTransfer } from './attempt-transfer.ts'

const { signal } = new AbortController()

/** An attempt, and what the ledger and the metric are told of it. */
function startAttempt({
  plan = {},
  looks = [[onPhone()]],
  refer = async () => {},
}: {
  plan?: Partial<Attempt['plan']>
  looks?: readonly (readonly RoomParticipant[])[]
  refer?: () => Promise<void>
}) {
  const closed: unknown[] = []
  const counted: string[] = []
  let seen = 0
  const target = { to: 'tel:+491', mode: 'cold', ringSeconds: 1, isOpen: true } as const
  const attempt: Attempt = {
    plan: { actionId: 'a1', target, startedAt: at, ...plan },
    services: transferServices({
      sip: { transfer: refer, dial: async () => {} },
      rooms: {
        async participants() {
          seen += 1
          return looks[Math.min(seen, looks.length) - 1] ?? []
        },
        removeParticipant: async () => {},
      },
      effects: {
        open: async () => ({ kind: 'pending', key: 'k1' }),
        close: async (_key, outcome) => void closed.push(outcome),
      },
      onEffect: ({ outcome }) => void counted.push(outcome),
    }),
    ...{ line: testLine, journal: startJournal() },
    ...{ epoch: 1, ask: async () => true, now: () => at },
    speech: { say: () => {}, heard: async () => {}, noteEvent: () => {} },
    onDone: () => {},
    logger: createLogger('test', { level: 'silent' }),
  }
  return { attempt, closed, counted }
}

describe('the ledger’s row of a transfer', () => {
  it.each<[TransferOutcome, Parameters<typeof startAttempt>[0]]>([
    ['caller-left', { looks: [[onPhone()], []] }],
    [
      'unknown', // a warm one that another process had begun
      {
        plan: {
          target: { to: 'tel:+491', mode: 'warm', ringSeconds: 1, isOpen: true },
          found: { actionId: 'a1', at, mode: 'warm', stage: 'briefing', stageAt: at },
        },
      },
    ],
  ])('stays pending when it came out as %s: nobody knows', async (outcome, options) => {
    const { attempt, closed, counted } = startAttempt(options)
    expect(await attemptTransfer(attempt, { signal })).toBe(outcome)
    expect(closed).toEqual([])
    expect(counted).toEqual(['unknown'])
  })

  it('is closed when it is known how it came out', async () => {
    const done = startAttempt({})
    expect(await attemptTransfer(done.attempt, { signal })).toBe('done')
    expect(done.closed).toEqual([{ ok: true, result: { outcome: 'done' } }])
    const refer = async () => {
      throw Object.assign(new Error('no such service'), { code: 'unavailable' })
    }
    const refused = startAttempt({ refer })
    expect(await attemptTransfer(refused.attempt, { signal })).toBe('unavailable')
    expect(refused.closed).toEqual([{ ok: false, result: { outcome: 'unavailable' } }])
  })
})
