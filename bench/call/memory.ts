import type { Stack } from '@trunkline/contracts'
import { slope, slopeWindow } from '../report/statistics.ts'
import { jobProcesses } from './job-pool.ts'
import { childrenOf, memoryKb, udpPortsOf } from './process-tree.ts'

/** Memory of each long-lived process after a call, kB by name. */
export type MemorySample = Readonly<Record<string, number>>

/** Processes of the stack that outlive a call, and the one that the agent's worker starts beside itself. */
export function sampleMemory({ processes }: Stack): MemorySample {
  const all = processes.flatMap(({ name, pid }) => [
    { name, pid },
    ...(name === 'agent'
      ? childrenOf(pid)
          .filter(({ command }) => command.includes('inference_proc'))
          .map((child) => ({ name: 'agent inference', pid: child.pid }))
      : []),
  ])
  return Object.fromEntries(
    all.flatMap(({ name, pid }) => {
      const kb = memoryKb(pid)
      return kb === undefined ? [] : [[name, kb]]
    }),
  )
}

/** The mean of job processes that have a call now; those that wait for one have no sockets for audio. */
export function sampleJobs(workerPid: number): MemorySample {
  const all = jobProcesses(workerPid)
    .filter(({ pid }) => (udpPortsOf(pid) ?? []).length > 0)
    .flatMap(({ pid }) => memoryKb(pid) ?? [])
  if (all.length === 0) return {}
  return { 'agent job': Math.round(all.reduce((sum, kb) => sum + kb, 0) / all.length) }
}

export interface MemoryTrend {
  readonly name: string
  readonly firstKb: number
  readonly lastKb: number
  readonly slopeKbPerCall: number | undefined
}

export interface MemoryReport {
  readonly trends: readonly MemoryTrend[]
  /** Calls the slope is taken over, counted from 0. */
  readonly from: number
  readonly isBeyondWarmUp: boolean
}

/** How memory went over the calls; `samples` has one entry a call, in order. */
export function trendMemory(samples: readonly MemorySample[]): MemoryReport {
  const window = slopeWindow(samples.length)
  const names = [...new Set(samples.flatMap((sample) => Object.keys(sample)))]
  const trends = names.map((name) => {
    const points = samples.flatMap((sample, x) => {
      const y = sample[name]
      return y === undefined ? [] : [{ x, y }]
    })
    return {
      name,
      firstKb: points[0]?.y ?? Number.NaN,
      lastKb: points.at(-1)?.y ?? Number.NaN,
      slopeKbPerCall: slope(points.filter(({ x }) => x >= window.from)),
    }
  })
  return { trends, ...window }
}
