import { needs } from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runHistories } from './run-histories.ts'
import { startWorld, type World } from './world.ts'

const limitMs = 180_000

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
      const options = { seed, from: 0, to: 60, atOnce: 10, killsReplicas: true }
      const { failures, kills } = await runHistories(world, options)
      expect(failures).toEqual([])
      expect(kills).toBeGreaterThan(2)
    },
    limitMs,
  )
})
