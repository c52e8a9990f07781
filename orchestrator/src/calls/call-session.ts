import type {
  AgentMessage,
  AgentMessageOf,
  CallEventOf,
  CallRecord,
  EndReason,
  Line,
} from '@trunkline/contracts'
import type { Logger } from '@trunkline/telemetry'
import { createSessionActions, type SessionActions } from '../actions/session-actions.ts'
import { createJobLink, type JobLink } from '../channel/job-link.ts'
import type { LateEffect } from '../dialogue/create-dialogue.ts'
import type { Dialogue } from '../dialogue/dialogue.ts'
import type { LineStore } from '../lines/line-store.ts'
import type { Rooms } from '../livekit/rooms.ts'
import type { Metrics } from '../metrics.ts'
import type { CallStore } from '../store/call-store.ts'
import { greetingTurnId } from './apply-event.ts'
import { createCallEnding } from './call-ending.ts'
import { isOver } from './call-machine.ts'
import { callerLeft, toEndReason } from './end-reason.ts'
import { toFarewell } from './farewell.ts'
import { createJournal } from './journal.ts'
import { watchLimits } from './limit-watch.ts'
import { toLineSpeech } from './speech.ts'
import { observeStats } from './stats.ts'
import { toEvent } from './to-event.ts'
import { createTurnRunner } from './turn-runner.ts'

export interface CallSessionDeps {
  readonly store: Pick<CallStore, 'append' | 'isHolder'>
  readonly dialogue: Dialogue
  readonly lines: Pick<LineStore, 'byNumber'>
  readonly rooms: Pick<Rooms, 'delete'>
  readonly metrics: Metrics
  readonly logger: Logger
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly maxCallSeconds: number
  /** How long a lost channel may take to come back. */
  readonly channelGraceMs: number
  /** Decides what becomes of a call whose channel broke; without it the call ends after `channelGraceMs`. */
  readonly watcher?: CallWatcher
}

/** Told when a call has no job, has one again, and needs none any more. */
export interface CallWatcher {
  channelLost(session: CallSession, cause: 'job-dead' | 'job-silent' | 'taken-over'): void
  helloSeen(roomSid: string): void
  forget(roomSid: string): void
}

export interface CallSessionOptions {
  readonly line: Line
  readonly record: CallRecord
  /** Set when the call was begun by another process. */
  readonly lastEventId?: string
  readonly onEnded: (reason: EndReason) => void
  /** The channel did not come back here: another orchestrator has the call. */
  readonly onTakenOver: () => void
}

type SessionMessage = Exclude<AgentMessage, { type: 'hello' | 'ack' }>

/** One call: what its agent says changes it here, and what it answers leaves from here. */
export interface CallSession {
  readonly id: string
  readonly line: Line
  readonly record: CallRecord
  readonly isEnding: boolean
  /** True while an agent's channel is open: the call is alive, whatever the room server lists. */
  readonly isConnected: boolean
  /** Puts an event from outside on record. False when the call is over and takes none. */
  put(
    event: CallEventOf<'reconciled' | 'external-event' | 'external-transcript' | 'dispatched'>,
  ): boolean
  /** Writes the first event of a new call. */
  begin(created: CallEventOf<'call-created'>): void
  /** The link of this job, made when it is new. A link of an older job is told that it is superseded. */
  linkJob(job: { jobId: string; epoch: number; handled: number; resumeFrom: number }): JobLink
  handle(message: SessionMessage): void
  /** What operators do to the call. */
  readonly actions: SessionActions
  /** The job's channel broke: it may come back within the grace. */
  lost(link: JobLink, options?: { isSilent?: boolean }): void
  /** Jobs that have said hello here, the present one last. */
  readonly jobIds: readonly string[]
  /** Another orchestrator has been found to have the call. */
  takenOver(): void
  endNow(reason: EndReason): Promise<void>
  readonly epoch: number
  /** The epoch a job of this call got; undefined for one that has not said hello here. */
  epochOf(jobId: string): number | undefined
  /** An effect that was finished after its turn was over: the next reply tells it. */
  takeLateEffect(late: LateEffect): void
  /** Lets go of the call without ending it, and closes its channel. */
  abandon(code: number): void
}

export function createCallSession(
  deps: CallSessionDeps,
  { line, record, lastEventId, onEnded, onTakenOver }: CallSessionOptions,
): CallSession {
  const { store, dialogue, lines, rooms, metrics, now, channelGraceMs, watcher } = deps
  const logger = deps.logger.child({ callId: record.id })
  const over = new AbortController()
  let link: JobLink | undefined
  let epoch = 0
  let graceTimer: NodeJS.Timeout | undefined
  let isLeaving = false
  let isRestored = lastEventId !== undefined
  const epochs = new Map<string, number>()
  let asrFinalMs: number | undefined
  let greetingStarted = record.greetingHeard !== undefined
  const speculative = new Map<string, Extract<SessionMessage, { type: 'turn' }>>()

  const journal = createJournal({
    record,
    ...(lastEventId === undefined ? {} : { lastEventId, phase: 'listening' }),
    ttlSeconds: line.retention.liveSeconds,
    store,
    metrics,
    lease: () => ({ epoch, jobId: link?.jobId ?? '', handled: link?.handled ?? 0 }),
    now,
  })
  const ending = createCallEnding({
    journal,
    rooms,
    logger,
    now,
    sendHangup({ actionId, reason }) {
      link?.send((seq) => ({
        ...{ type: 'action', seq, at: now(), actionId },
        action: { kind: 'hangup', reason },
      }))
    },
    onEnded(reason) {
      stop()
      onEnded(reason)
    },
  })
  const actions = createSessionActions({
    ...{ line, journal, now },
    say: (draft) => link?.send((seq) => ({ type: 'say', seq, at: now(), ...draft })),
    sendAction: (actionId, action) =>
      link?.send((seq) => ({ type: 'action', seq, at: now(), actionId, action })),
    stopTurn: () => runner.stop(),
    hangUp: () => ending.hangUp('operator-hangup'),
    isEnding: () => ending.isEnding,
  })
  const runner = createTurnRunner({
    hints: actions,
    line,
    journal,
    dialogue,
    logger,
    metrics,
    now,
    epoch: () => epoch,
    say: (draft) => link?.send((seq) => ({ type: 'say', seq, at: now(), ...draft })),
    finishTurn: (turnId, usage) =>
      link?.send((seq) => ({
        ...{ type: 'turn-finished', seq, at: now(), turnId },
        ...(usage === undefined ? {} : { usage }),
      })),
    onEndCall: () => ending.hangUp('agent-goodbye'),
    onGivingUp: () => ending.hangUp('agent-error'),
    signal: over.signal,
  })
  const limits = watchLimits({
    journal,
    now,
    callSeconds: Math.min(line.limits.callSeconds, deps.maxCallSeconds),
    silenceSeconds: line.limits.silenceSeconds,
    onReached(kind) {
      if (ending.isEnding) return
      runner.stop()
      sayFarewell(kind)
      ending.hangUp(kind)
    },
  })
  const stop = () => {
    over.abort()
    actions.close()
    limits.stop()
    clearTimeout(graceTimer)
  }

  const sayFarewell = (kind: 'silence' | 'max-duration') => {
    const { language, voice } = toLineSpeech(line, journal.record.turns.at(-1)?.language)
    const say = { turnId: `prompt-${kind}`, index: 0, text: toFarewell(kind, language) } as const
    journal.emit({ at: now(), type: 'say', ...say, kind: 'prompt' })
    link?.send((seq) => ({
      ...{ type: 'say', seq, at: now(), ...say, language, voice },
      ...{ kind: 'prompt', interruptible: false, last: true },
    }))
  }
  const startTurn = (turn: Extract<SessionMessage, { type: 'turn' }>) => {
    if (ending.isEnding) return // its goodbye is being played: nothing follows it
    if (actions.isMuted) {
      passOver(turn)
      return
    }
    runner.start(turn, { asrFinalMs })
    asrFinalMs = undefined
  }
  /** A human speaks: what the caller says is put on record, and not answered. */
  const passOver = ({
    turnId,
    text,
    language,
    source,
  }: Extract<SessionMessage, { type: 'turn' }>) => {
    journal.emit({ at: now(), type: 'turn-received', turnId, text, language, source })
    journal.emit({ at: now(), type: 'turn-finished', turnId })
    link?.send((seq) => ({ type: 'turn-finished', seq, at: now(), turnId }))
  }
  /** A turn that the process before this one had received and not begun to answer. */
  const resumeTurn = () => {
    const turn = isRestored ? journal.record.turns.at(-1) : undefined
    isRestored = false
    if (turn?.state === 'processing' && turn.reply === '') runner.resume(turn)
  }
  const noticeGreeting = ({ turnId, at }: AgentMessageOf<'say-started'>) => {
    if (turnId !== greetingTurnId || greetingStarted) return
    greetingStarted = true
    metrics.callSetup(Math.max(0, at - journal.record.createdAt))
    // A caller who is being greeted has been answered, whatever the room has told.
    const { state } = journal.record
    if (state === 'created' || state === 'ringing') journal.emit({ at, type: 'call-active' })
  }

  const handle = (message: SessionMessage) => {
    if (isOver(journal.record.state)) return // a last word about a call that has ended
    limits.heard(message)
    if (message.type === 'say-started') noticeGreeting(message)
    const event = toEvent(message)
    if (event) journal.emit(event)
    switch (message.type) {
      case 'call-started':
        if (message.called !== undefined && lines.byNumber(message.called)?.id !== line.id) {
          logger.warn('the number that was called is not one of the line’s')
        }
        return
      case 'transcript-final':
        asrFinalMs = message.asrFinalMs
        return
      case 'turn':
        if (message.speculative) speculative.set(message.turnId, message)
        else startTurn(message)
        return
      case 'turn-confirm': {
        const turn = speculative.get(message.turnId)
        speculative.clear()
        if (turn) startTurn(turn)
        return
      }
      case 'turn-drop':
        speculative.delete(message.turnId)
        return
      case 'cancel':
        runner.cancel(message.turnId)
        return
      case 'leaving':
        isLeaving = true
        return
      case 'action-result':
        if (!ending.takeResult(message)) actions.takeResult(message)
        return
      case 'stats':
        observeStats(message, { journal, metrics, timing: runner.timing(message.turnId) })
        return
      case 'call-ended':
        runner.stop()
        void ending.endNow(toEndReason(message.reason, journal.record.state)) // never rejects
        return
      default:
        return // on record already; silence is counted here, from what both have said
    }
  }

  const endLost = async () => {
    const isOurs = await store.isHolder(record.id).catch(() => true) // Redis away: we hold it
    if (link?.isConnected) return
    if (!isOurs) {
      onTakenOver()
      return
    }
    const { state } = journal.record
    const isUnanswered = state === 'created' || state === 'ringing'
    await ending.endNow(isLeaving && isUnanswered ? callerLeft(state) : 'agent-lost')
  }

  const session: CallSession = {
    id: record.id,
    line,
    get record() {
      return journal.record
    },
    get isEnding() {
      return ending.isEnding
    },
    get isConnected() {
      return link?.isConnected === true
    },
    put: (event) => journal.emit(event),
    begin: (created) => void journal.emit(created),
    linkJob({ jobId, epoch: newEpoch, handled, resumeFrom }) {
      clearTimeout(graceTimer)
      isLeaving = false
      epoch = Math.max(epoch, newEpoch)
      epochs.set(jobId, newEpoch)
      if (link?.jobId !== jobId) {
        link?.supersede()
        link = createJobLink({ jobId, handled, first: resumeFrom + 1, now, logger })
        resumeTurn()
      }
      return link
    },
    handle,
    actions,
    lost(lostLink, { isSilent = false } = {}) {
      if (lostLink !== link || isOver(journal.record.state)) return
      logger.warn({ isLeaving, isSilent }, 'call channel lost')
      clearTimeout(graceTimer)
      if (watcher && !isLeaving) {
        watcher.channelLost(session, isSilent ? 'job-silent' : 'job-dead')
        return
      }
      graceTimer = setTimeout(() => void endLost(), isLeaving ? 0 : channelGraceMs)
    },
    endNow: (reason) => {
      runner.stop()
      return ending.endNow(reason)
    },
    get epoch() {
      return epoch
    },
    takeLateEffect({ turnId, item }) {
      const { toolCallId, name, ok, result } = item
      journal.emit({ at: now(), type: 'tool-finished', turnId, toolCallId, name, ok, result })
    },
    epochOf: (jobId) => epochs.get(jobId),
    get jobIds() {
      return [...epochs.keys()]
    },
    takenOver: onTakenOver,
    abandon(code) {
      stop()
      ending.abandon()
      link?.close(code)
    },
  }
  return session
}
