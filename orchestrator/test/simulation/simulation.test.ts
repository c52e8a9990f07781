import { needs } from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findLeftovers } from './leftovers.ts'
import { createRandom } from './random.ts'
import { runHistories } from './run-histories.ts'
import { drawPlan, type Plan } from './steps.ts'
import { startWorld, type World } from './world.ts'

const limitMs = 180_000

/**
 * Without what takes the job or its connection as well: a call that loses both at once is promised less (design
 * section 7 names one fault at a time), and `long-row.ts --kills` counts how often it gets less.
 */
function spareJob(plan: Plan): Plan {
  const both = new Set(['kill-job', 'drop', 'lose', 'zombie'])
  return { ...plan, steps: plan.steps.filter(({ kind }) => !both.has(kind)) }
}

describe.each([2, 3])('random calls over %i replicas', needs(['redis', 'postgres']), (replicas) => {
  let world: World
  beforeAll(async () => {
    world = await startWorld({ replicas })
    world.livekit.setWebhooks({ duplicateRate: 0.3, dropRate: 0.1, delayMs: 200, reorder: true })
  })
  afterAll(() => world?.close())

  it(
    'are one call each with one end, whatever gets lost, late or twice',
    async () => {
      const seed = replicas * 1_000_000
      const options = { seed, from: 0, to: 60, atOnce: 10, killsReplicas: false }
      const { failures } = await runHistories(world, options)
      expect(failures).toEqual([])
    },
    limitMs,
  )

  it(
    'are so too while replicas are killed',
    async () => {
      const seed = replicas * 2_000_000
      const { failures } = await runHistories(world, {
        ...{ seed, from: 0, to: 100, atOnce: 10, killsReplicas: true, leastKills: 3 },
        planOf: (index) => spareJob(drawPlan(seed + index, createRandom(seed + index))),
      })
      expect(failures).toEqual([])
    },
    limitMs,
  )

  it(
    'keep a job whose connection comes back at another replica',
    async () => {
      const { failures } = await runHistories(world, {
        ...{ seed: 9_025_000, from: 0, to: 24, atOnce: 6, killsReplicas: false },
        planOf: (index) => ({
          seed: 9_025_000 + index,
          steps: [
            { kind: 'drop', sentences: 1 },
            { kind: 'stall', ms: 800 },
          ],
          ending: 'caller-hangup',
        }),
      })
      expect(failures).toEqual([])
    },
    limitMs,
  )

  it('leave no room, channel, open call or key without TTL behind', async () => {
    const nothing = { rooms: 0, channels: 0, calls: 0, keysWithoutTtl: 0 }
    await expect.poll(() => findLeftovers(world)).toEqual(nothing)
  })
})
