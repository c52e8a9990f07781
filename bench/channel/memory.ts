import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Rig } from './rig.ts'

type Measured = Pick<Rig, 'orchestrators' | 'url'>

/** Flags for an orchestrator whose memory is measured. */
export const memoryFlags: readonly string[] = [
  '--expose-gc',
  ...['--import', join(import.meta.dirname, 'collect-on-signal.ts')],
]

/** V8 gives memory back behind its collection, in threads of its own. */
const givenBackMs = 500

/** Memory of the rig's first orchestrator as Linux counts it, in kB. */
export function residentKb({ orchestrators }: Measured): number {
  const status = readFileSync(`/proc/${orchestrators[0]?.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN)
}

/** The same without garbage, which says more about the machine's memory than about ours: what is really held. */
export async function heldKb(rig: Measured): Promise<number> {
  const { orchestrators, url } = rig
  const [measured] = orchestrators
  if (measured) process.kill(measured.pid, 'SIGUSR2')
  await sleep(givenBackMs)
  await fetch(`${url}/healthz`) // answered after the collection
  return residentKb(rig)
}
