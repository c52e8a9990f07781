import { describe, expect, it } from 'vitest'
import { createIdempotency, type KeyStore } from './idempotency.ts'

const request = { owner: 'operator', key: 'k1', input: { to: '+491' } }

/** A Redis of one process whose calls of `set` fail as told, the first being 1. */
function createFakeRedis({ failing = [] }: { failing?: readonly number[] } = {}): KeyStore {
  const values = new Map<string, string>()
  let sets = 0
  return {
    get: async (name) => values.get(name) ?? null,
    del: async (name) => values.delete(name),
    async set(name: string, value: string, _unit: 'EX', _seconds: number, when?: 'NX') {
      sets += 1
      if (failing.includes(sets)) throw new Error('timed out')
      if (when === 'NX' && values.has(name)) return null
      values.set(name, value)
      return 'OK'
    },
  }
}

function startWork() {
  const runs: number[] = []
  const work = async () => {
    runs.push(runs.length)
    return { status: 202, body: { dialId: 'd1' } }
  }
  return { runs, work }
}

describe('work under an Idempotency-Key', () => {
  it('runs once, and a repeat is given its answer', async () => {
    const idempotency = createIdempotency(createFakeRedis())
    const { runs, work } = startWork()
    const answer = { status: 202, body: { dialId: 'd1' } }
    expect(await idempotency.once(request, work)).toEqual({ ...answer, isRepeat: false })
    expect(await idempotency.once(request, work)).toEqual({ ...answer, isRepeat: true })
    expect(runs).toHaveLength(1)
  })

  it('runs once though its answer could not be kept: a repeat is refused', async () => {
    const idempotency = createIdempotency(createFakeRedis({ failing: [2] }))
    const { runs, work } = startWork()
    expect(await idempotency.once(request, work)).toMatchObject({ status: 202, isRepeat: false })
    await expect(idempotency.once(request, work)).rejects.toMatchObject({ code: 'conflict' })
    expect(runs).toHaveLength(1)
  })

  it('may be tried again when it has failed', async () => {
    const idempotency = createIdempotency(createFakeRedis())
    const { runs, work } = startWork()
    const failing = async () => {
      throw new Error('no room')
    }
    await expect(idempotency.once(request, failing)).rejects.toThrow('no room')
    expect(await idempotency.once(request, work)).toMatchObject({ isRepeat: false })
    expect(runs).toHaveLength(1)
  })

  it('does not run without Redis', async () => {
    const idempotency = createIdempotency(createFakeRedis({ failing: [1] }))
    const { runs, work } = startWork()
    await expect(idempotency.once(request, work)).rejects.toMatchObject({ code: 'unavailable' })
    expect(runs).toHaveLength(0)
  })
})
