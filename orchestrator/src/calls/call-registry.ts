import { randomUUID } from 'node:crypto'
import {
  type AgentMessageOf,
  type CallEventOf,
  channelProtocol,
  closeCode,
  type EndReason,
  type Line,
  type OrchestratorMessageOf,
  oldestChannelProtocol,
} from '@trunkline/contracts'
import { inBackground } from '@trunkline/runtime'
import type { JobLink } from '../channel/job-link.ts'
import type { LineStore } from '../lines/line-store.ts'
import type { CallStore } from '../store/call-store.ts'
import type { Claim } from '../store/claim.ts'
import { toCallRecord } from './apply-event.ts'
import { isOver } from './call-machine.ts'
import { type CallSession, type CallSessionDeps, createCallSession } from './call-session.ts'
import { createJournal } from './journal.ts'
import { readJobMetadata, resolveLine } from './resolve-line.ts'
import { toLineSpeech } from './speech.ts'
import { toWelcome } from './welcome.ts'

type Hello = AgentMessageOf<'hello'>
type Refusal = Pick<OrchestratorMessageOf<'error'>, 'code' | 'message' | 'retryable'>

type Opening =
  | { readonly kind: 'open'; readonly session: CallSession; readonly link: JobLink }
  | ({ readonly kind: 'refused' } & Refusal)

/** The calls whose channel this process holds. */
export interface CallRegistry {
  /** Finds or makes the call of a job. The link still has to be attached to the job's connection. */
  open(hello: Hello): Promise<Opening>
  /** To be called when a link has no connection any more. */
  released(session: CallSession, link: JobLink, options?: { isSilent?: boolean }): void
  get(callId: string): CallSession | undefined
  findByRoom(roomSid: string): CallSession | undefined
  /** Every call this process holds, those included that have just ended. */
  all(): readonly CallSession[]
  /** Takes no more calls, and lets go of those it has: their agents look for another orchestrator. */
  close(): void
}

export interface CallRegistryDeps extends CallSessionDeps {
  readonly store: CallStore
  readonly lines: Pick<LineStore, 'byId' | 'byNumber'>
  /** Keeps jobs older than this epoch from writing effects. */
  readonly fence: (call: { callId: string; epoch: number }) => Promise<void>
}

/** How long a refused call is kept for operators to see. */
const refusedTtlSeconds = 3600
/** An ended call's channel is closed by its agent, else by us after this time. */
const lingerMs = 10_000

const refuse = (refusal: Refusal): Opening => ({ kind: 'refused', ...refusal })

export function createCallRegistry(deps: CallRegistryDeps): CallRegistry {
  const { store, lines, rooms, metrics, logger, now, fence, watcher } = deps
  const sessions = new Map<string, CallSession>()
  let isClosing = false

  const findByRoom = (roomSid: string) =>
    [...sessions.values()].find((session) => session.record.roomSid === roomSid)

  const claim = async (hello: Hello, line: Line | undefined): Promise<Claim | undefined> => {
    const { roomSid, jobId, metadata } = hello
    const minEpoch = readJobMetadata(metadata).epoch ?? 0
    const local = findByRoom(roomSid)
    try {
      return await store.claim({
        roomSid,
        jobId,
        minEpoch,
        newCallId: local?.id ?? randomUUID(),
        ttlSeconds: line?.retention.liveSeconds ?? refusedTtlSeconds,
      })
    } catch (error) {
      logger.warn({ err: error }, 'a call could not be claimed')
      if (!local) return undefined
      // Redis is away and the call is ours: it goes on with what this process knows.
      const known = local.epochOf(jobId)
      const epoch = known ?? Math.max(local.epoch, minEpoch) + 1
      return { callId: local.id, epoch, isSuperseded: epoch < local.epoch, wasElsewhere: false }
    }
  }

  const forget = (session: CallSession) => {
    if (sessions.get(session.id) === session) sessions.delete(session.id)
  }
  /** Another orchestrator has the call: its limits are not ours to watch any more. */
  const letGo = (session: CallSession) => {
    session.abandon(closeCode.goingAway)
    forget(session)
    watcher?.forget(session.record.roomSid)
    metrics.callClosed()
  }
  const add = (
    line: Line,
    options: Pick<Parameters<typeof createCallSession>[1], 'record' | 'lastEventId'>,
  ) => {
    const session = createCallSession(deps, {
      line,
      ...options,
      onEnded(reason) {
        watcher?.forget(session.record.roomSid)
        metrics.callClosed()
        metrics.callEnded(reason)
        logger.info({ callId: session.id, reason }, 'call ended')
        const timer = setTimeout(() => {
          session.abandon(1000)
          forget(session)
        }, lingerMs)
        timer.unref()
      },
      onTakenOver: () => letGo(session),
    })
    sessions.set(session.id, session)
    metrics.callOpened()
    return session
  }

  const toCreated = (hello: Hello, line: Line | undefined): CallEventOf<'call-created'> => ({
    type: 'call-created',
    at: now(),
    line: line?.id ?? '',
    room: hello.room,
    roomSid: hello.roomSid,
    jobId: hello.jobId,
    greeting: line ? toLineSpeech(line).greeting : '',
  })

  /** A call for a number or line that nobody has: its caller gets a final answer by the room's end. */
  const refuseUnknown = (hello: Hello, callId: string) => {
    const reason: EndReason = 'unknown-number'
    const created = toCreated(hello, undefined)
    const journal = createJournal({
      record: toCallRecord(callId, created),
      ttlSeconds: refusedTtlSeconds,
      store,
      metrics,
      lease: () => ({ epoch: 0, jobId: hello.jobId, handled: 0 }),
      now,
    })
    journal.emit(created)
    journal.emit({ type: 'call-ending', at: now(), reason })
    journal.emit({ type: 'call-ended', at: now(), reason })
    metrics.callEnded(reason)
    logger.info({ callId, reason, pii: { room: hello.room } }, 'call refused')
    inBackground(rooms.delete(hello.room), {
      onError: (error) => logger.error({ err: error, callId }, 'deleting the room failed'),
    })
    const message = 'no line has this number or name'
    return refuse({ code: 'unknown-line', message, retryable: false })
  }

  /** The session of a claimed call: ours, another process's taken over, or a new one. */
  const findOrAdd = async (hello: Hello, { callId, wasElsewhere }: Claim, line?: Line) => {
    const local = sessions.get(callId)
    if (local && !wasElsewhere) return { session: local, handled: 0 }
    if (local) letGo(local)
    const stored = await store.read(callId)
    const meanwhile = sessions.get(callId)
    if (meanwhile) return { session: meanwhile, handled: 0 }
    if (stored) {
      const { call: record, lastEventId } = stored
      if (isOver(record.state)) return 'over'
      const storedLine = lines.byId(record.line) ?? line
      if (!storedLine) return undefined
      const handled = stored.jobId === hello.jobId ? stored.handled : 0
      return { session: add(storedLine, { record, lastEventId }), handled }
    }
    if (!line) return undefined
    const created = toCreated(hello, line)
    const session = add(line, { record: toCallRecord(callId, created) })
    session.begin(created)
    return { session, handled: 0 }
  }

  /** A dispatch that was slow, and repeated: another job has come in its place and is at work. */
  const isLate = ({ roomSid, jobId, metadata }: Hello) => {
    const { epoch } = readJobMetadata(metadata)
    const session = findByRoom(roomSid)
    if (epoch === undefined || !session?.isConnected) return false
    return session.epochOf(jobId) === undefined && epoch < session.epoch
  }

  return {
    async open(hello) {
      if (hello.protocol < oldestChannelProtocol || hello.protocol > channelProtocol) {
        const message = `this orchestrator speaks protocols ${oldestChannelProtocol} to ${channelProtocol}`
        return refuse({ code: 'unsupported-protocol', message, retryable: false })
      }
      const line = resolveLine(hello, lines)
      if (isLate(hello)) {
        const message = 'the job it was to replace has been replaced'
        return refuse({ code: 'superseded', message, retryable: false })
      }
      const claimed = isClosing ? undefined : await claim(hello, line)
      if (!claimed || isClosing) {
        return refuse({ code: 'unavailable', message: 'no calls are taken now', retryable: true })
      }
      if (claimed.isSuperseded) {
        const message = 'another job has this call'
        return refuse({ code: 'superseded', message, retryable: false })
      }
      const found = await findOrAdd(hello, claimed, line)
      if (found === undefined) return refuseUnknown(hello, claimed.callId)
      if (found === 'over' || isOver(found.session.record.state)) {
        return refuse({ code: 'unavailable', message: 'the call has ended', retryable: false })
      }
      const { session } = found
      const isNewJob = session.epochOf(hello.jobId) === undefined
      const link = session.linkJob({
        jobId: hello.jobId,
        epoch: claimed.epoch,
        handled: Math.max(found.handled, isNewJob ? hello.seq : 0),
        resumeFrom: hello.resumeFrom,
      })
      watcher?.helloSeen(hello.roomSid)
      if (isNewJob && claimed.epoch > 1) {
        inBackground(fence({ callId: session.id, epoch: claimed.epoch }), {
          onError: (error) => logger.warn({ err: error, callId: session.id }, 'fencing failed'),
        })
      }
      if (isNewJob && hello.resumeFrom === 0) {
        const welcome = toWelcome(session, { maxCallSeconds: deps.maxCallSeconds })
        link.send((seq) => ({ type: 'welcome', seq, at: now(), ...welcome }))
      }
      return { kind: 'open', session, link }
    },
    released(session, link, options) {
      if (isOver(session.record.state)) forget(session)
      else if (!isClosing) session.lost(link, options)
    },
    get: (callId) => sessions.get(callId),
    findByRoom,
    all: () => [...sessions.values()],
    close() {
      isClosing = true
      for (const session of sessions.values()) session.abandon(closeCode.goingAway)
    },
  }
}
