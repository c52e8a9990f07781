import { describe, expect, it } from 'vitest'
import { onPhone } from '../../test/support/transferring.ts'
import { awaitColdTransfer, transferCold } from './cold-transfer.ts'

const wanted = { room: 'r', target: { to: 'tel:+491', ringSeconds: 1 } }
const { signal } = new AbortController()

/** A room that is seen as told, look after look; the last one stays. */
function startWorld(looks: readonly ('caller' | 'nobody' | 'failing')[], refer = async () => {}) {
  const failures: unknown[] = []
  let seen = 0
  let clock = 0
  const participants = async () => {
    const look = looks[Math.min(seen, looks.length - 1)]
    seen += 1
    if (look === 'failing') throw new Error('timed out')
    return look === 'caller' ? [onPhone()] : []
  }
  const deps = {
    ...{ sip: { transfer: refer }, rooms: { participants }, lateMs: 100, pollMs: 0 },
    now: () => {
      clock += 10
      return clock
    },
    onError: (error: unknown) => void failures.push(error),
  }
  return { deps, failures }
}
const noAnswer = async () => {
  throw new Error('timed out')
}

describe('a cold transfer that the carrier has agreed to', () => {
  it('is done when the caller is still there, and not when they have hung up', async () => {
    expect(await transferCold(wanted, startWorld(['caller']).deps, { signal })).toBe('done')
    const { deps } = startWorld(['caller', 'nobody'])
    expect(await transferCold(wanted, deps, { signal })).toBe('caller-left')
  })

  it('is done though the look afterwards fails', async () => {
    const { deps, failures } = startWorld(['caller', 'failing'])
    expect(await transferCold(wanted, deps, { signal })).toBe('done')
    expect(failures).toHaveLength(1)
  })
})

describe('a cold transfer that nobody has answered', () => {
  it('is watched on when a look fails', async () => {
    const { deps, failures } = startWorld(['caller', 'failing', 'caller', 'nobody'], noAnswer)
    expect(await transferCold(wanted, deps, { signal })).toBe('caller-left')
    expect(failures).toHaveLength(1)
  })

  it('is unknown when no look succeeds in time', async () => {
    const { deps, failures } = startWorld(['caller', 'failing'], noAnswer)
    expect(await transferCold(wanted, deps, { signal })).toBe('unknown')
    expect(failures.length).toBeGreaterThan(1)
  })
})

describe('a cold transfer of another process', () => {
  it.each([
    ['caller-left', ['failing', 'caller', 'failing', 'nobody']],
    ['caller-left', ['nobody']],
    ['unknown', ['failing', 'caller']],
  ] as const)('is %s after looks of %j', async (outcome, looks) => {
    const { deps } = startWorld(looks)
    const begun = { ...wanted, startedAt: 0 }
    expect(await awaitColdTransfer(begun, deps, { signal })).toBe(outcome)
  })
})
