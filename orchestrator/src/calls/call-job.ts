import type { Logger } from '@trunkline/telemetry'
import { createJobLink, type JobLink } from '../channel/job-link.ts'
import type { CallStore } from '../store/call-store.ts'
import type { Journal, Lease } from './journal.ts'
import type { CallSessionOptions, NewJob } from './session.ts'

/** Which job serves a call, and under which lease this process holds it. */
export interface CallJob {
  /** Undefined until a job has said `hello` here. */
  readonly link: JobLink | undefined
  readonly isConnected: boolean
  readonly epoch: number
  /** Fencing token of our lease. */
  readonly token: number
  /** What every write is made with. */
  readonly lease: Lease
  /** The epoch a job of this call got; undefined for one that has not said `hello` here. */
  epochOf(jobId: string): number | undefined
  /** Jobs the call is known to have had, the present one last. */
  readonly jobIds: readonly string[]
  /** The link of this job, made when it is new; that of an older job is told that it is superseded. */
  take(job: NewJob): JobLink
  /** Puts on record that this process has the call, without a job of it. */
  adopt(): void
}

export interface CallJobDeps extends Pick<CallSessionOptions, 'record' | 'lease' | 'lastEventId'> {
  readonly journal: Journal
  readonly store: Pick<CallStore, 'holder'>
  readonly now: () => number
  readonly logger: Logger
}

export function createCallJob(deps: CallJobDeps): CallJob {
  const { record, lastEventId, journal, store, now, logger } = deps
  let { epoch, token } = deps.lease
  let link: JobLink | undefined
  /** False until a call that another process has begun is put on record as ours. */
  let isHere = lastEventId === undefined
  const epochs = new Map<string, number>()
  const earlierJobs = record.job ? [record.job.jobId] : []

  /** Puts on record who serves the call now. */
  const note = ({ jobId, protocol, epoch: jobEpoch }: NewJob) => {
    const { job } = journal.record
    const here = { holder: store.holder, token }
    if (job?.jobId !== jobId) {
      journal.emit({ at: now(), type: 'job-linked', jobId, epoch: jobEpoch, protocol, ...here })
      isHere = true
      return
    }
    if (!isHere) journal.emit({ at: now(), type: 'orchestrator-changed', ...here })
    isHere = true
    if (job.isLost) journal.emit({ at: now(), type: 'job-back', jobId, epoch: jobEpoch })
  }

  return {
    get link() {
      return link
    },
    get isConnected() {
      return link?.isConnected === true
    },
    get epoch() {
      return epoch
    },
    get token() {
      return token
    },
    get lease() {
      return { epoch, token, jobId: link?.jobId ?? '', handled: link?.handled ?? 0 }
    },
    epochOf: (jobId) => epochs.get(jobId),
    get jobIds() {
      return [...new Set([...earlierJobs, ...epochs.keys()])]
    },
    take(job) {
      const { jobId, protocol } = job
      epoch = Math.max(epoch, job.epoch)
      token = Math.max(token, job.token)
      epochs.set(jobId, job.epoch)
      if (link?.jobId !== jobId) {
        link?.supersede()
        const { handled, resumeFrom } = job
        const handledInStore = () => journal.handledInStore
        const position = { handled, first: resumeFrom + 1, handledInStore }
        link = createJobLink({ jobId, protocol, ...position, now, logger })
      }
      note(job)
      return link
    },
    adopt() {
      isHere = true
      journal.emit({ at: now(), type: 'orchestrator-changed', holder: store.holder, token })
    },
  }
}
