/** Why a job is not taken: every slot has a call, this worker's own loop is late, or it is asked to stop. */
export type Refusal = 'full' | 'late' | 'draining'

export interface Admission {
  /** Undefined when the job is taken; it then counts until it runs, or for `assignmentMs` at most. */
  take(jobId: string): Refusal | undefined
  /** Running jobs and those on their way, as a share of the slots: 0 to 1; 1 while none is taken at all. */
  load(): number
  /** Why the next job would be refused. */
  refusal(): Refusal | undefined
  /** Jobs that were accepted and do not run yet. */
  coming(): number
  /** Jobs that were accepted `silentMs` ago and do not run, each once. */
  overdue(): readonly string[]
}

export interface AdmissionOptions {
  readonly slots: number
  /** Ids of the jobs that run. */
  readonly running: () => readonly string[]
  readonly isLate: () => boolean
  readonly isDraining: () => boolean
  readonly now: () => number
}

/** A job that was accepted and never came is forgotten after this; agents-js waits 7.5 s for its assignment. */
const assignmentMs = 10_000
/** No process had room for it, or livekit-server has changed its mind. */
const silentMs = 5000

/** Keeps a worker within its slots: livekit-server hears of its load only every 2.5 s. */
export function createAdmission(options: AdmissionOptions): Admission {
  const { slots, running, isLate, isDraining, now } = options
  const comingSince = new Map<string, number>()
  const reported = new Set<string>()
  const count = () => {
    const ids = new Set(running())
    for (const [id, since] of comingSince) {
      if (!ids.has(id) && now() - since <= assignmentMs) continue
      comingSince.delete(id)
      reported.delete(id)
    }
    return ids.size + comingSince.size
  }
  const refusal = (): Refusal | undefined => {
    if (isDraining()) return 'draining'
    if (count() >= slots) return 'full'
    return isLate() ? 'late' : undefined
  }
  return {
    take(jobId) {
      const reason = refusal()
      if (!reason) comingSince.set(jobId, now())
      return reason
    },
    load: () => (refusal() ? 1 : count() / slots),
    refusal,
    coming() {
      count()
      return comingSince.size
    },
    overdue() {
      count()
      const ids = [...comingSince].filter(
        ([id, since]) => now() - since >= silentMs && !reported.has(id),
      )
      return ids.map(([id]) => {
        reported.add(id)
        return id
      })
    },
  }
}
