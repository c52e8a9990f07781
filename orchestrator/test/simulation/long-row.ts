import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { findLeftovers, leftoverGraceMs } from './leftovers.ts'
import { readProgress, writeProgress } from './progress-file.ts'
import { createRandom } from './random.ts'
import { runHistories } from './run-histories.ts'
import { startWorld } from './world.ts'

const usage = `Lives through many random calls; a row that was ended goes on where it was.

  RUNS=5000 node orchestrator/test/simulation/long-row.ts [--seed N] [--replicas N] [--at-once N] [--kills]
    [--orchestrator DIR]

  One call again: RUNS=1 with the seed that a failure names.`

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    replicas: { type: 'string', default: '2' },
    'at-once': { type: 'string', default: '20' },
    kills: { type: 'boolean', default: false },
    orchestrator: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
const runs = Number(process.env['RUNS'] ?? 1000)
const [seed, replicas, atOnce] = [values.seed, values.replicas, values['at-once']].map(Number)
const write = (line: string) => void process.stdout.write(`${line}\n`)

if (values.help || !seed || !replicas || !atOnce) {
  write(usage)
} else {
  const name = `simulation-${seed}-${replicas}${values.kills ? '-kills' : ''}.json`
  const file = fileURLToPath(new URL(`../../../.run/${name}`, import.meta.url))
  // A single call is run to look at it: it neither counts nor goes on from anywhere.
  const isRow = runs > 1
  let progress = isRow ? readProgress(file) : readProgress('')
  if (progress.next > 0) write(`going on after ${progress.next} calls (${file})`)
  const random = createRandom(seed)
  const world = await startWorld({
    ...{ replicas, random: random.next },
    ...(values.orchestrator && { orchestrator: values.orchestrator }),
  })
  world.livekit.setWebhooks({ duplicateRate: 0.3, dropRate: 0.1, delayMs: 200, reorder: true })
  try {
    const chunk = 100
    while (progress.next < runs) {
      const to = Math.min(runs, progress.next + chunk)
      const options = { seed, from: progress.next, to, atOnce, killsReplicas: values.kills }
      const { kills, failures } = await runHistories(world, options)
      progress = {
        next: to,
        kills: progress.kills + kills,
        failures: [...progress.failures, ...failures],
      }
      if (isRow) writeProgress(file, progress)
      write(`${to} calls, ${progress.kills} kills, ${progress.failures.length} faulty`)
    }
    const left = await findLeftovers(world)
    write(
      `after ${leftoverGraceMs / 1000} s: ${left.rooms} rooms, ${left.channels} channels, ${left.calls} open calls, ` +
        `${left.keysWithoutTtl} keys without a TTL`,
    )
    for (const { plan, faults } of progress.failures) write(`${plan}\n  ${faults.join('\n  ')}`)
    const isClean = Object.values(left).every((count) => count === 0)
    process.exitCode = progress.failures.length > 0 || !isClean ? 1 : 0
  } finally {
    await world.close()
  }
}
