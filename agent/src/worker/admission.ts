export interface Admission {
  /** True when a job may be taken; it then counts until it runs, or for `assignmentMs` at most. */
  take(jobId: string): boolean
  /** Running jobs and those on their way, as a share of the slots: 0 to 1. */
  load(): number
}

/** A job that was accepted and never came is forgotten after this; agents-js waits 7.5 s for its assignment. */
const assignmentMs = 10_000

/** Keeps a worker within its slots: livekit-server hears of its load only every 2.5 s. */
export function createAdmission({
  slots,
  running,
  now,
}: {
  slots: number
  /** Ids of the jobs that run. */
  running: () => readonly string[]
  now: () => number
}): Admission {
  const coming = new Map<string, number>()
  const count = () => {
    const ids = new Set(running())
    for (const [id, since] of coming) {
      if (ids.has(id) || now() - since > assignmentMs) coming.delete(id)
    }
    return ids.size + coming.size
  }
  return {
    take(jobId) {
      if (count() >= slots) return false
      coming.set(jobId, now())
      return true
    },
    load: () => Math.min(1, count() / slots),
  }
}
