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
import type { Verdict } from '../limits/admission.ts'
import type { LineStore } from '../lines/line-store.ts'
import type { CallStore } from '../store/call-store.ts'
import type { Claim } from '../store/claim.ts'
import { toCallRecord } from './apply-event.ts'
import { isOver } from './call-machine.ts'
import { createCallSession } from './call-session.ts'
import { createJournal } from './journal.ts'
import { readJobMetadata, resolveLine } from './resolve-line.ts'
import { toResume } from './resume.ts'
import type { CallSession, CallSessionDeps } from './session.ts'
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
  /**
   * Takes over a call whose process is gone and whose job has not come back; undefined when it has ended or is not
   * kept. What becomes of it is decided as when a channel is lost here.
   */
  adopt(callId: string): Promise<CallSession | undefined>
  /**
   * Takes no more calls, and lets go of those it has once they are stored: their agents look for another
   * orchestrator.
   */
  close(): Promise<void>
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

/** How long a new call waits for Redis to come back before its caller is told. */
const storeGraceMs = 1000

interface NewCall {
  readonly callId: string
  readonly line: Line
  readonly lease: { readonly epoch: number; readonly token: number }
  readonly verdict: Verdict | undefined
}

const refuse = (refusal: Refusal): Opening => ({ kind: 'refused', ...refusal })

export function createCallRegistry(deps: CallRegistryDeps): CallRegistry {
  const { store, lines, rooms, metrics, logger, now, fence, watcher, admission } = deps
  const sessions = new Map<string, CallSession>()
  let isClosing = false

  store.onTaken((callId, token) => {
    const session = sessions.get(callId)
    if (session && session.token < token) letGo(session)
  })
  store.onBack(() => {
    for (const session of sessions.values()) session.writeBack()
  })

  const findByRoom = (roomSid: string) =>
    [...sessions.values()].find((session) => session.record.roomSid === roomSid)

  const claim = async (hello: Hello, line: Line | undefined): Promise<Claim | undefined> => {
    const { roomSid, jobId, metadata } = hello
    // A job knows its epoch although Redis may have lost it.
    const minEpoch = Math.max(readJobMetadata(metadata).epoch ?? 0, (hello.epoch ?? 1) - 1)
    const local = findByRoom(roomSid)
    try {
      return await store.claim({
        roomSid,
        jobId,
        minEpoch,
        newCallId: local?.id ?? hello.callId ?? randomUUID(),
        ttlSeconds: line?.retention.liveSeconds ?? refusedTtlSeconds,
      })
    } catch (error) {
      logger.warn({ err: error }, 'a call could not be claimed')
      if (!local) return undefined
      // Redis is away and the call is ours: it goes on with what this process knows.
      const known = local.epochOf(jobId)
      const epoch = known ?? Math.max(local.epoch, minEpoch) + 1
      const isSuperseded = epoch < local.epoch
      return { callId: local.id, epoch, token: local.token, isSuperseded, wasElsewhere: false }
    }
  }

  /** A Redis that is away for a moment costs no call: the telephone rings a little longer. */
  const claimOrWait = async (hello: Hello, line: Line | undefined) =>
    (await claim(hello, line)) ??
    ((await store.becomeReady({ timeoutMs: storeGraceMs })) ? claim(hello, line) : undefined)

  /** Counted as active: once each, however a call leaves. */
  const counted = new Set<CallSession>()
  const uncount = (session: CallSession) => {
    if (counted.delete(session)) metrics.callClosed()
  }
  const forget = (session: CallSession) => {
    if (sessions.get(session.id) === session) sessions.delete(session.id)
  }
  /** Another orchestrator has the call: its limits are not ours to watch any more. */
  const letGo = (session: CallSession) => {
    admission?.letGo(session.id)
    session.abandon(closeCode.goingAway)
    forget(session)
    watcher?.forget(session.record.roomSid)
    uncount(session)
  }
  const add = (
    line: Line,
    options: Pick<
      Parameters<typeof createCallSession>[1],
      'record' | 'lastEventId' | 'lease' | 'refusal'
    >,
  ) => {
    const { lastEventId } = options
    if (lastEventId !== undefined) admission?.hold({ callId: options.record.id, line, lastEventId })
    const session = createCallSession(deps, {
      line,
      ...options,
      onEnded(reason) {
        admission?.release(session.id)
        watcher?.forget(session.record.roomSid)
        uncount(session)
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
    counted.add(session)
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
  const refuseUnknown = (hello: Hello, { callId, epoch, token }: Claim) => {
    const isNamed = readJobMetadata(hello.metadata).line !== undefined
    const reason: EndReason = isNamed ? 'unknown-line' : 'unknown-number'
    const created = toCreated(hello, undefined)
    const journal = createJournal({
      record: toCallRecord(callId, created),
      ttlSeconds: refusedTtlSeconds,
      store,
      metrics,
      lease: () => ({ epoch, token, jobId: hello.jobId, handled: 0 }),
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
  const findOrAdd = async (hello: Hello, claimed: Claim, line?: Line) => {
    const { callId, wasElsewhere, epoch, token } = claimed
    const lease = { epoch, token }
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
      return { session: add(storedLine, { record, lastEventId, lease }), handled }
    }
    if (!line) return undefined
    const verdict = await admission?.check({ callId, line })
    const since = sessions.get(callId)
    if (since) return { session: since, handled: 0 }
    return { session: begin(hello, { callId, line, lease, verdict }), handled: 0 }
  }

  /** A new call. One that is refused is answered all the same: its caller is told why, and then it ends. */
  const begin = (hello: Hello, { callId, line, lease, verdict }: NewCall) => {
    const refusal = verdict?.ok === false ? verdict : undefined
    const created = toCreated(hello, line)
    const greeting = refusal?.words ?? created.greeting
    const record = toCallRecord(callId, { ...created, greeting })
    const session = add(line, { record, lease, ...(refusal && { refusal }) })
    session.begin({ ...created, greeting })
    if (refusal) logger.info({ callId, reason: refusal.reason }, 'call refused')
    return session
  }
  /** Redis is away, and has not come back while the telephone rang: a call that is new is told so. */
  const beginWithoutStore = (hello: Hello, line: Line | undefined) => {
    const { epoch } = readJobMetadata(hello.metadata)
    const isNew = epoch === undefined && hello.callId === undefined && hello.resumeFrom === 0
    if (!line || !isNew || !admission) return undefined
    const lease = { epoch: 1, token: Math.floor(now()) }
    const verdict = admission.refuse('store-unavailable', line)
    const claimed = { callId: randomUUID(), ...lease, isSuperseded: false, wasElsewhere: false }
    return { claimed, session: begin(hello, { callId: claimed.callId, line, lease, verdict }) }
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
      const stored = isClosing ? undefined : await claimOrWait(hello, line)
      const begun = stored || isClosing ? undefined : beginWithoutStore(hello, line)
      const claimed = stored ?? begun?.claimed
      if (!claimed || isClosing) {
        return refuse({ code: 'unavailable', message: 'no calls are taken now', retryable: true })
      }
      if (claimed.isSuperseded) {
        const message = 'another job has this call'
        return refuse({ code: 'superseded', message, retryable: false })
      }
      const found = begun
        ? { session: begun.session, handled: 0 }
        : await findOrAdd(hello, claimed, line)
      if (found === undefined) return refuseUnknown(hello, claimed)
      if (found === 'over' || isOver(found.session.record.state)) {
        return refuse({ code: 'unavailable', message: 'the call has ended', retryable: false })
      }
      const { session } = found
      if (isClosing) {
        // Begun while this process was asked to stop.
        await session.handOver()
        forget(session)
        return refuse({ code: 'unavailable', message: 'no calls are taken now', retryable: true })
      }
      const isNewJob = session.epochOf(hello.jobId) === undefined
      const { job } = session.record
      const resume = job && job.jobId !== hello.jobId ? toResume(session.record) : undefined
      const link = session.linkJob({
        jobId: hello.jobId,
        protocol: hello.protocol,
        epoch: claimed.epoch,
        token: claimed.token,
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
        const { maxCallSeconds } = deps
        const welcome = toWelcome(session, { maxCallSeconds, resume, protocol: hello.protocol })
        link.send((seq) => ({ type: 'welcome', seq, at: now(), ...welcome }))
      }
      if (isNewJob) session.goOn({ epoch: claimed.epoch, resumeFrom: hello.resumeFrom })
      return { kind: 'open', session, link }
    },
    released(session, link, options) {
      if (isOver(session.record.state)) forget(session)
      else if (!isClosing) session.lost(link, options)
    },
    get: (callId) => sessions.get(callId),
    findByRoom,
    all: () => [...sessions.values()],
    async adopt(callId) {
      const local = sessions.get(callId)
      if (local || isClosing) return local
      const claimed = await store.adopt(callId)
      const stored = claimed && (await store.read(callId))
      const line = stored && lines.byId(stored.call.line)
      if (!line || isOver(stored.call.state) || isClosing) return undefined
      const meanwhile = sessions.get(callId)
      if (meanwhile) return meanwhile
      const { call: record, lastEventId } = stored
      const session = add(line, { record, lastEventId, lease: claimed })
      session.adopt()
      return session
    },
    async close() {
      isClosing = true
      await Promise.all([...sessions.values()].map((session) => session.handOver()))
    },
  }
}
