/** What is wrong with a job: its event loop stands still, or nobody in its room has ever got a track of ours. */
export type JobFault = 'stalled' | 'orphaned'

export interface JobWatch {
  /** The job's process has answered a ping. */
  answered(jobId: string): void
  /** The job can be heard in its room, or has ended by itself. */
  settled(jobId: string): void
  /**
   * To be called every `tickMs` with the jobs that run; gives those with a fault, each once. A tick that comes late
   * counts as two at most: while our own loop stands still we hear of nobody.
   */
  tick(elapsedMs: number, running: readonly string[]): readonly (readonly [string, JobFault])[]
}

export interface JobWatchOptions {
  readonly tickMs: number
  /** Without an answer. */
  readonly stalledMs: number
  /** Without a track in the room, from the job's start. */
  readonly orphanedMs: number
}

interface Watched {
  silentMs: number
  unheardMs: number
  isSettled: boolean
  isReported: boolean
}

const toWatched = (): Watched => ({
  ...{ silentMs: 0, unheardMs: 0, isSettled: false, isReported: false },
})

/** Tells which running jobs are to be replaced. Processes without a call are not watched: they may be starting. */
export function createJobWatch({ tickMs, stalledMs, orphanedMs }: JobWatchOptions): JobWatch {
  const jobs = new Map<string, Watched>()
  const faultOf = ({ silentMs, unheardMs, isSettled }: Watched): JobFault | undefined => {
    if (silentMs >= stalledMs) return 'stalled'
    return !isSettled && unheardMs >= orphanedMs ? 'orphaned' : undefined
  }
  return {
    answered(jobId) {
      const job = jobs.get(jobId)
      if (job) job.silentMs = 0
    },
    settled(jobId) {
      // It may be quicker than our next look at what runs.
      const job = jobs.get(jobId) ?? toWatched()
      job.isSettled = true
      jobs.set(jobId, job)
    },
    tick(elapsedMs, running) {
      for (const jobId of jobs.keys()) if (!running.includes(jobId)) jobs.delete(jobId)
      const countedMs = Math.min(elapsedMs, 2 * tickMs)
      return running.flatMap((jobId) => {
        const job = jobs.get(jobId)
        if (!job) {
          jobs.set(jobId, toWatched())
          return []
        }
        job.silentMs += countedMs
        job.unheardMs += countedMs
        const fault = faultOf(job)
        if (!fault || job.isReported) return []
        job.isReported = true
        return [[jobId, fault] as const]
      })
    },
  }
}
