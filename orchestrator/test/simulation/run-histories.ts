import { setTimeout as sleep } from 'node:timers/promises'
import { findFaults } from './model.ts'
import { createRandom } from './random.ts'
import { liveCall } from './simulated-call.ts'
import { describePlan, drawPlan, type Plan } from './steps.ts'
import type { World } from './world.ts'

export interface HistoriesOptions {
  readonly seed: number
  readonly from: number
  readonly to: number
  /** Calls at a time. */
  readonly atOnce: number
  /** Replicas are killed, frozen and started again while the calls run. */
  readonly killsReplicas: boolean
  /** On a fast machine calls are over before so many kills: then more calls follow. */
  readonly leastKills?: number
  /** How long anything may take; a replica is killed and starts again within the default. */
  readonly stepMs?: number
  /** What happens to a call, instead of chance. */
  readonly planOf?: (index: number) => Plan | undefined
  readonly onDone?: (index: number, faults: readonly string[]) => void
}

export interface Failure {
  readonly index: number
  /** The seed and steps, to run it again. */
  readonly plan: string
  readonly faults: readonly string[]
}

export interface HistoriesResult {
  readonly calls: number
  readonly kills: number
  readonly failures: readonly Failure[]
}

/** Lives through the calls number `from` to `to - 1` of a seed. */
export async function runHistories(
  world: World,
  options: HistoriesOptions,
): Promise<HistoriesResult> {
  const { seed, from, to, atOnce, killsReplicas, onDone, stepMs = 20_000 } = options
  const { leastKills = 0 } = options
  const failures: Failure[] = []
  const stop = new AbortController()
  let nextIndex = from
  let kills = 0
  const work = async () => {
    while (nextIndex < to || kills < leastKills) {
      const index = nextIndex
      nextIndex += 1
      const own = seed + index
      const plan = options.planOf?.(index) ?? drawPlan(own, createRandom(own))
      const room = `call_100_${own}x${process.pid}`
      const { observed, events } = await liveCall(world, { plan, room, stepMs })
      const faults = findFaults(observed, events)
      if (faults.length > 0) failures.push({ index, plan: describePlan(plan), faults })
      onDone?.(index, faults)
    }
  }
  const havoc = killsReplicas
    ? killReplicas(world, { seed, signal: stop.signal, onKill: () => (kills += 1) })
    : undefined
  await Promise.all(Array.from({ length: Math.min(atOnce, to - from) }, work))
  stop.abort()
  await havoc
  return { calls: nextIndex - from, kills, failures }
}

const pauseMs = { least: 700, most: 2500 } as const
const freezeMs = 1500

/** kill -9 of one replica after the other; another one is always there. Every fourth is frozen instead. */
async function killReplicas(
  { replicas }: World,
  { seed, signal, onKill }: { seed: number; signal: AbortSignal; onKill: () => void },
): Promise<void> {
  const random = createRandom(seed ^ 0x5eed)
  for (let round = 0; !signal.aborted; round += 1) {
    const waitMs = random.between(pauseMs.least, pauseMs.most)
    await sleep(waitMs, undefined, { signal }).catch(() => {})
    const replica = replicas[round % replicas.length]
    if (signal.aborted || !replica) break
    onKill()
    if (round % 4 === 3) {
      replica.freeze()
      await sleep(freezeMs)
      replica.thaw()
    } else {
      await replica.kill()
      await replica.restart()
    }
  }
}
