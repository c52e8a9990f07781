import type { EndReason } from '@trunkline/contracts'
import type { Logger } from '@trunkline/telemetry'
import type { JobLink } from '../channel/job-link.ts'
import type { CallStore } from '../store/call-store.ts'
import type { CallEnding } from './call-ending.ts'
import type { CallJob } from './call-job.ts'
import { isOver } from './call-machine.ts'
import { callerLeft } from './end-reason.ts'
import type { Journal } from './journal.ts'
import type { CallSession, CallWatcher } from './session.ts'

/** What becomes of a call whose channel broke: its job comes back, another one is sent, or it ends. */
export interface LostChannel {
  /** A job is there again. */
  found(): void
  /** The job has said that it leaves: it does not come back. */
  leaving(): void
  lost(link: JobLink, options: { isSilent: boolean }): void
  /** Decides for a call that has no job here. */
  decide(cause: Parameters<CallWatcher['channelLost']>[1]): void
  /** Nothing is decided any more. */
  stop(): void
}

export interface LostChannelDeps {
  readonly session: () => CallSession
  readonly journal: Journal
  readonly job: CallJob
  readonly ending: Pick<CallEnding, 'isEnding'>
  readonly endNow: (reason: EndReason) => Promise<void>
  readonly onTakenOver: () => void
  readonly store: Pick<CallStore, 'isHolder'>
  readonly watcher?: CallWatcher | undefined
  readonly channelGraceMs: number
  readonly now: () => number
  readonly logger: Logger
}

/** A job that is gone while it plays the goodbye has played it, or never will. */
const endingGraceMs = 2000

export function createLostChannel(deps: LostChannelDeps): LostChannel {
  const { journal, job, ending, store, watcher, channelGraceMs, now, logger } = deps
  let timer: NodeJS.Timeout | undefined
  let isLeaving = false

  const end = async () => {
    const isOurs = await store.isHolder(journal.record.id).catch(() => true) // Redis away: we hold it
    if (job.isConnected) return
    if (!isOurs) {
      deps.onTakenOver()
      return
    }
    const { state } = journal.record
    const isUnanswered = state === 'created' || state === 'ringing'
    await deps.endNow(isLeaving && isUnanswered ? callerLeft(state) : 'agent-lost')
  }
  const endAfter = (waitMs: number) => {
    timer = setTimeout(() => void end(), waitMs) // never rejects
  }
  const decide: LostChannel['decide'] = (cause) => {
    clearTimeout(timer)
    if (journal.record.state === 'bridged') return // two humans talk, and no job is expected
    if (ending.isEnding) endAfter(Math.min(endingGraceMs, channelGraceMs))
    else if (watcher && !isLeaving) watcher.channelLost(deps.session(), cause)
    else endAfter(isLeaving ? 0 : channelGraceMs)
  }

  return {
    found() {
      clearTimeout(timer)
      isLeaving = false
    },
    leaving() {
      isLeaving = true
    },
    lost(link, { isSilent }) {
      if (link !== job.link || isOver(journal.record.state)) return
      logger.warn({ isLeaving, isSilent }, 'call channel lost')
      const why = isLeaving ? 'leaving' : 'broken'
      journal.emit({ at: now(), type: 'job-lost', jobId: link.jobId, epoch: job.epoch, why })
      decide(isSilent ? 'job-silent' : 'job-dead')
    },
    decide,
    stop: () => clearTimeout(timer),
  }
}
