import type { ChildProcess } from 'node:child_process'
import { z } from 'zod'
import type { JobPool, JobProcess } from './job-pool.ts'
import { createJobWatch, type JobFault } from './job-watch.ts'

export interface WatchJobsOptions {
  readonly pool: Pick<JobPool, 'processes'>
  /** Called when a job has been killed for its fault; the orchestrator then sends another one. */
  readonly onFault: (fault: JobFault, job: { readonly jobId: string }) => void
  /** What else is to be looked at as often. */
  readonly onTick?: () => void
  readonly tickMs?: number
  readonly stalledMs?: number
  readonly orphanedMs?: number
}

/** What a job's process tells its worker beside agents-js' own messages, which ignore it. */
export const settledMessage = { case: 'trunkline-settled' } as const

const fromJob = z.object({ case: z.enum(['pongResponse', settledMessage.case]) })

/**
 * Pings the processes that have a call with agents-js' own message, which their event loop answers, and kills those
 * that do not answer or are not heard. agents-js itself kills after 60 s of silence.
 */
export function watchJobs(options: WatchJobsOptions): { close(): void } {
  const { pool, onFault, onTick, tickMs = 250, stalledMs = 2000, orphanedMs = 5000 } = options
  const watch = createJobWatch({ tickMs, stalledMs, orphanedMs })
  const heard = new WeakSet<ChildProcess>()
  let lastAt = performance.now()

  /** From before it has a call: one that settles within a tick would not be heard. */
  const listen = (jobProcess: JobProcess) => {
    const { proc } = jobProcess
    if (!proc || heard.has(proc)) return
    heard.add(proc)
    proc.on('message', (message) => {
      const jobId = jobProcess.runningJob?.job.id
      const read = fromJob.safeParse(message)
      if (jobId === undefined || !read.success) return
      if (read.data.case === 'pongResponse') watch.answered(jobId)
      else watch.settled(jobId)
    })
  }
  const tick = () => {
    const now = performance.now()
    for (const jobProcess of pool.processes) listen(jobProcess)
    const running = new Map(pool.processes.flatMap(toRunning))
    for (const child of running.values()) {
      // It may exit meanwhile, which agents-js notices.
      if (child.connected) child.send(toPing(), () => {})
    }
    for (const [jobId, fault] of watch.tick(now - lastAt, [...running.keys()])) {
      running.get(jobId)?.kill('SIGKILL')
      onFault(fault, { jobId })
    }
    lastAt = now
    onTick?.()
  }
  const timer = setInterval(tick, tickMs)
  return { close: () => clearInterval(timer) }
}

function toRunning({ proc, runningJob }: JobProcess): (readonly [string, ChildProcess])[] {
  if (!proc || !runningJob || proc.exitCode !== null || proc.signalCode !== null) return []
  return [[runningJob.job.id, proc]]
}

function toPing() {
  return { case: 'pingRequest', value: { timestamp: Date.now() } }
}
