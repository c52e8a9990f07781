import {
  type AgentMessageOf,
  channelProtocol,
  type Line,
  type OrchestratorMessageOf,
  oldestChannelProtocol,
} from '@trunkline/contracts'
import { inBackground } from '@trunkline/runtime'
import type { JobLink } from '../channel/job-link.ts'
import type { LineStore } from '../lines/line-store.ts'
import type { CallStore } from '../store/call-store.ts'
import type { Claim } from '../store/claim.ts'
import { isOver } from './call-machine.ts'
import { createClaimForJob } from './claim-for-job.ts'
import type { HeldCalls } from './held-calls.ts'
import { createNewCalls } from './new-call.ts'
import { endLinelessCall, recordRefusedCall } from './refused-call.ts'
import { resolveLine } from './resolve-line.ts'
import { toResume } from './resume.ts'
import type { CallSession, CallSessionDeps } from './session.ts'
import { toWelcome } from './welcome.ts'

type Hello = AgentMessageOf<'hello'>

export type Opening =
  | { readonly kind: 'open'; readonly session: CallSession; readonly link: JobLink }
  | ({ readonly kind: 'refused' } & Pick<
      OrchestratorMessageOf<'error'>,
      'code' | 'message' | 'retryable'
    >)

/** Finds or makes the call of a job. */
export type OpenCall = (hello: Hello) => Promise<Opening>

export interface OpenCallDeps extends CallSessionDeps {
  readonly store: CallStore
  readonly lines: Pick<LineStore, 'byId' | 'byNumber'>
  /** Keeps jobs older than this epoch from writing effects. */
  readonly fence: (call: { callId: string; epoch: number }) => Promise<void>
}

/** A call with the last message of the job that was handled elsewhere. */
interface Found {
  readonly session: CallSession
  readonly handled: number
}

const refusals = {
  protocol: {
    code: 'unsupported-protocol',
    message: `this orchestrator speaks protocols ${oldestChannelProtocol} to ${channelProtocol}`,
    retryable: false,
  },
  late: {
    code: 'superseded',
    message: 'another job is at work in its place',
    retryable: false,
  },
  superseded: { code: 'superseded', message: 'another job has this call', retryable: false },
  closing: { code: 'unavailable', message: 'no calls are taken now', retryable: true },
  over: { code: 'unavailable', message: 'the call has ended', retryable: false },
  unknown: { code: 'unknown-line', message: 'no line has this number or name', retryable: false },
} as const

const refuse = (why: keyof typeof refusals): Opening => ({ kind: 'refused', ...refusals[why] })

export function createOpenCall(
  deps: OpenCallDeps,
  { held, isClosing }: { held: HeldCalls; isClosing: () => boolean },
): OpenCall {
  const { store, lines, logger, now, watcher, admission } = deps
  const claim = createClaimForJob({ store, findByRoom: held.findByRoom, logger })
  const newCalls = createNewCalls({ held, admission, logger, now })

  /** The session of a claimed call: ours, another process's taken over, or a new one. */
  const findOrAdd = async (
    hello: Hello,
    { claimed, line }: { claimed: Claim; line: Line | undefined },
  ): Promise<Found | 'over' | 'unknown'> => {
    const { callId, wasElsewhere, epoch, token } = claimed
    const lease = { epoch, token }
    const local = held.get(callId)
    if (local && !wasElsewhere) return { session: local, handled: 0 }
    if (local) held.letGo(local)
    const stored = await store.read(callId)
    const meanwhile = held.get(callId)
    if (meanwhile) return { session: meanwhile, handled: 0 }
    if (stored) {
      const { call: record, lastEventId } = stored
      if (isOver(record.state)) return 'over'
      const storedLine = lines.byId(record.line) ?? local?.line ?? line
      if (!storedLine) {
        endLinelessCall({ hello, claimed, stored }, deps)
        return 'unknown'
      }
      const handled = stored.jobId === hello.jobId ? stored.handled : 0
      return { session: held.add({ line: storedLine, record, lastEventId, lease }), handled }
    }
    if (!line) {
      recordRefusedCall({ hello, claimed }, deps)
      return 'unknown'
    }
    const verdict = await admission?.check({ callId, line })
    const since = held.get(callId)
    if (since) return { session: since, handled: 0 }
    return { session: newCalls.begin(hello, { callId, line, lease, verdict }), handled: 0 }
  }

  /** Gives the job its call: a new job its `welcome` first, then whatever the job has not had. */
  const join = (hello: Hello, { found, claimed }: { found: Found; claimed: Claim }): JobLink => {
    const { jobId, protocol, resumeFrom } = hello
    const { session, handled } = found
    const { epoch, token } = claimed
    const isNewJob = session.epochOf(jobId) === undefined
    const { job } = session.record
    const resume = job && job.jobId !== jobId ? toResume(session.record) : undefined
    const link = session.linkJob({
      ...{ jobId, protocol, epoch, token, resumeFrom },
      handled: Math.max(handled, isNewJob ? hello.seq : 0),
    })
    watcher?.helloSeen(hello.roomSid)
    if (!isNewJob) return link
    if (epoch > 1) {
      inBackground(deps.fence({ callId: session.id, epoch }), {
        onError: (error) => logger.warn({ err: error, callId: session.id }, 'fencing failed'),
      })
    }
    if (resumeFrom === 0) {
      const { maxCallSeconds } = deps
      const welcome = toWelcome(session, { maxCallSeconds, resume, protocol })
      link.send((seq) => ({ type: 'welcome', seq, at: now(), ...welcome }))
    }
    session.goOn({ epoch, resumeFrom })
    return link
  }

  return async (hello) => {
    const isSpoken = hello.protocol >= oldestChannelProtocol && hello.protocol <= channelProtocol
    if (!isSpoken) return refuse('protocol')
    const line = resolveLine(hello, lines)
    const stored = isClosing() ? undefined : await claim(hello, line)
    const begun = stored || isClosing() ? undefined : newCalls.beginWithoutStore(hello, line)
    const claimed = stored ?? begun?.claimed
    if (!claimed || isClosing()) return refuse('closing')
    if (claimed.isLate) return refuse('late')
    if (claimed.isSuperseded) return refuse('superseded')
    const found = begun
      ? { session: begun.session, handled: 0 }
      : await findOrAdd(hello, { claimed, line })
    if (found === 'unknown') return refuse('unknown')
    if (found === 'over' || isOver(found.session.record.state)) return refuse('over')
    const { session } = found
    if (isClosing()) {
      // Begun while this process was asked to stop.
      await session.handOver()
      held.forget(session)
      return refuse('closing')
    }
    return { kind: 'open', session, link: join(hello, { found, claimed }) }
  }
}
