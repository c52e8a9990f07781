import type { FakeJob } from '@trunkline/testkit'
import type { World } from './world.ts'

/** From a dispatch to the job’s entry, as measured with a real worker that has an idle process. */
const jobStartMs = 210

/** Who is employed in which room; one worker of LiveKit serves all calls of a world. */
const employers = new WeakMap<World, Map<string, (job: FakeJob) => void>>()
export function workers(world: World): Map<string, (job: FakeJob) => void> {
  const known = employers.get(world)
  if (known) return known
  const made = new Map<string, (job: FakeJob) => void>()
  employers.set(world, made)
  const begin = (job: FakeJob) => made.get(job.room)?.(job)
  world.livekit.rooms.work('trunkline', (job) => void setTimeout(() => begin(job), jobStartMs))
  return made
}
