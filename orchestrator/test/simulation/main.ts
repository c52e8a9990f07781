import { createRandom } from './random.ts'
import { runHistories } from './run-histories.ts'
import { startWorld } from './world.ts'

// A look at the simulation by hand; the long row with progress is long-row.ts.
const number = (name: string, fallback: number) => Number(process.env[name] ?? fallback)
const seed = number('SEED', 1)
const runs = number('RUNS', 20)
const random = createRandom(seed)
const world = await startWorld({ replicas: number('REPLICAS', 2), random: random.next })
world.livekit.setWebhooks({ duplicateRate: 0.3, dropRate: 0.1, delayMs: 200, reorder: true })
const result = await runHistories(world, {
  ...{ seed, from: 0, to: runs, atOnce: number('AT_ONCE', 20) },
  killsReplicas: number('KILLS', 0) > 0,
  onDone: (index, faults) => {
    if (faults.length > 0) console.log(index, faults)
  },
})
console.log(result.calls, result.kills, result.failures.length)
for (const { plan, faults } of result.failures.slice(0, 5)) console.log(plan, faults)
await world.close()
