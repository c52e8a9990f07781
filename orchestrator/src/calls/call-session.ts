import type { AgentMessageOf, CallAction, EndReason } from '@trunkline/contracts'
import { closeCode } from '@trunkline/contracts'
import { createSessionActions } from '../actions/session-actions.ts'
import { createJobLink, type JobLink } from '../channel/job-link.ts'
import { toNotice } from '../limits/notice.ts'
import { greetingTurnId } from './apply-event.ts'
import { createCallEnding } from './call-ending.ts'
import { isOver } from './call-machine.ts'
import { callerLeft, toEndReason } from './end-reason.ts'
import { createJournal } from './journal.ts'
import { watchLimits } from './limit-watch.ts'
import type { ReachedLimit } from './limits.ts'
import { isUnfinished } from './resume.ts'
import type {
  CallSession,
  CallSessionDeps,
  CallSessionOptions,
  CallWatcher,
  NewJob,
  SessionMessage,
} from './session.ts'
import { toLineSpeech } from './speech.ts'
import { observeStats } from './stats.ts'
import { createToAgent } from './to-agent.ts'
import { toEvent } from './to-event.ts'
import { createTurnRunner } from './turn-runner.ts'

/** How long a process that stops waits for Redis to have all of a call. */
const handOverMs = 500
/** A job that is gone while it plays the goodbye has played it, or never will. */
const endingGraceMs = 2000

/** What the end of an unanswered leg looks like from the room. */
const leftByCallee: ReadonlySet<EndReason> = new Set([
  ...(['caller-abandoned', 'caller-hangup', 'room-lost', 'network-lost'] as const),
  ...(['agent-lost', 'agent-error', 'no-agent'] as const),
])

export function createCallSession(
  deps: CallSessionDeps,
  { line, record, lease, lastEventId, refusal, onEnded, onTakenOver }: CallSessionOptions,
): CallSession {
  const { store, dialogue, lines, rooms, metrics, now, channelGraceMs, watcher, admission } = deps
  const logger = deps.logger.child({ callId: record.id })
  const over = new AbortController()
  let link: JobLink | undefined
  let { epoch, token } = lease
  let graceTimer: NodeJS.Timeout | undefined
  let isLeaving = false
  /** False until a call that another process has begun is put on record as ours. */
  let isHere = lastEventId === undefined
  const epochs = new Map<string, number>()
  const earlierJobs = record.job ? [record.job.jobId] : []
  let asrFinalMs: number | undefined
  let greetingStarted = record.greetingHeard !== undefined
  const speculative = new Map<string, Extract<SessionMessage, { type: 'turn' }>>()

  const journal = createJournal({
    record,
    ...(lastEventId === undefined ? {} : { lastEventId }),
    ttlSeconds: line.retention.liveSeconds,
    store,
    metrics,
    lease: () => ({ epoch, token, jobId: link?.jobId ?? '', handled: link?.handled ?? 0 }),
    now,
    onFenced: onTakenOver,
    onEvent: (call, event) => admission?.noteEvent(call, event),
  })
  const toAgent = createToAgent({ line, journal, link: () => link, epoch: () => epoch, now })
  const ending = createCallEnding({
    journal,
    rooms,
    logger,
    now,
    sendHangup({ actionId, reason }) {
      toAgent.act(actionId, { kind: 'hangup', reason })
    },
    onEnded(reason) {
      stop()
      onEnded(reason)
    },
  })
  const actions = createSessionActions({
    ...{ line, journal, now },
    say: (draft) => toAgent.say(draft),
    sendAction: (actionId, action) => sendAction(actionId, action),
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
    ...(deps.intents && { intents: deps.intents }),
    epoch: () => epoch,
    say: (draft) => toAgent.say(draft),
    finishTurn: (turnId, usage) => toAgent.finishTurn(turnId, usage),
    onEndCall: () => ending.hangUp('agent-goodbye'),
    onGivingUp: () => ending.hangUp('agent-error'),
    signal: over.signal,
  })
  const limits = watchLimits({
    journal,
    now,
    callSeconds: Math.min(line.limits.callSeconds, deps.maxCallSeconds),
    silenceSeconds: line.limits.silenceSeconds,
    maxCostEur: line.limits.costEur,
    costEur: () => admission?.costEur(journal.record) ?? 0,
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

  const sayFarewell = (kind: ReachedLimit) => {
    const { language, voice } = toLineSpeech(line, journal.record.turns.at(-1)?.language)
    const text = toNotice(kind, { line, language })
    const say = { turnId: `prompt-${kind}`, index: 0, text, language, voice } as const
    toAgent.say({ ...say, kind: 'prompt', interruptible: false, last: true })
  }
  /** Sends an action that is on record. One that the job cannot know fails at once. */
  const sendAction = (actionId: string, action: CallAction) => {
    if (action.kind === 'transfer') {
      journal.emit({ at: now(), type: 'call-transferring', actionId })
    }
    if (toAgent.act(actionId, action)) return
    takeResult({ actionId, ok: false, code: 'not-supported', at: now() })
  }
  const takeResult = (result: ActionResult) => {
    const { actionId, ok, code, at } = result
    const known = (journal.record.actions ?? []).find((action) => action.actionId === actionId)
    if (known?.result) return // sent again by a job that did not know it had arrived
    const coded = code === undefined ? {} : { code }
    journal.emit({ at, type: 'action-finished', actionId, ok, ...coded })
    const effect = known && toCallEffect(known.action.kind, ok)
    if (effect) journal.emit({ at, type: effect })
    if (!ending.takeResult(result)) actions.takeResult(result)
  }
  const startTurn = (turn: Extract<SessionMessage, { type: 'turn' }>) => {
    if (ending.isEnding || refusal) return // its goodbye is being played: nothing follows it
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
    toAgent.finishTurn(turnId, undefined)
  }
  const noticeGreeting = ({ turnId, at }: AgentMessageOf<'say-started'>) => {
    if (turnId !== greetingTurnId || greetingStarted) return
    greetingStarted = true
    metrics.callSetup(Math.max(0, at - journal.record.createdAt))
    // A caller who is being greeted has been answered, whatever the room has told.
    const { state } = journal.record
    if (state === 'created' || state === 'ringing') journal.emit({ at, type: 'call-active' })
    if (refusal) ending.hangUp(refusal.reason)
  }

  /** A callee who did not answer left no reason in the room: livekit-sip has told it to who dialled. */
  const endTold = async (reason: EndReason) => {
    const { activeAt, direction, room } = journal.record
    const isUnanswered =
      activeAt === undefined &&
      direction !== 'inbound' &&
      direction !== 'web' &&
      leftByCallee.has(reason)
    const failure = isUnanswered
      ? await deps.dialFailureOf?.(room).catch(() => undefined) // Redis is away: the room's reason stays
      : undefined
    await ending.endNow(failure ?? reason)
  }

  const handle = (message: SessionMessage) => {
    if (isOver(journal.record.state)) return // a last word about a call that has ended
    limits.heard(message)
    if (message.type === 'say-started') noticeGreeting(message)
    if (message.type === 'transcript-interim') metrics.event(message.type)
    const event = message.type === 'action-result' ? undefined : toEvent(message, deps)
    if (event) journal.emit(event)
    switch (message.type) {
      case 'call-started':
        if (message.called !== undefined && lines.byNumber(message.called)?.id !== line.id) {
          logger.warn('the number that was called is not one of the line’s')
        }
        return
      case 'transcript-final':
        asrFinalMs = message.asrFinalMs
        deps.intents?.heard(message)
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
        takeResult(message)
        return
      case 'stats':
        observeStats(message, { journal, metrics, timing: runner.timing(message.turnId) })
        return
      case 'call-ended':
        runner.stop()
        void endTold(toEndReason(message.reason, journal.record.state)) // never rejects
        return
      default:
        return // on record already; silence is counted here, from what both have said
    }
  }

  /** Puts on record who serves the call now. */
  const noteJob = ({ jobId, protocol, epoch: jobEpoch }: NewJob) => {
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
  const endLost = async () => {
    const isOurs = await store.isHolder(record.id).catch(() => true) // Redis away: we hold it
    if (link?.isConnected) return
    if (!isOurs) {
      onTakenOver()
      return
    }
    const { state } = journal.record
    const isUnanswered = state === 'created' || state === 'ringing'
    await endTold(isLeaving && isUnanswered ? callerLeft(state) : 'agent-lost')
  }

  const decideLost = (cause: Parameters<CallWatcher['channelLost']>[1]) => {
    clearTimeout(graceTimer)
    if (ending.isEnding) {
      graceTimer = setTimeout(() => void endLost(), Math.min(endingGraceMs, channelGraceMs))
    } else if (watcher && !isLeaving) {
      watcher.channelLost(session, cause)
    } else {
      graceTimer = setTimeout(() => void endLost(), isLeaving ? 0 : channelGraceMs)
    }
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
    isRefused: refusal !== undefined,
    get isConnected() {
      return link?.isConnected === true
    },
    put: (event) => journal.emit(event),
    stored: (options) => journal.stored(options),
    begin: (created) => void journal.emit(created),
    linkJob(job) {
      const { jobId, protocol } = job
      clearTimeout(graceTimer)
      isLeaving = false
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
      noteJob(job)
      return link
    },
    goOn(position) {
      toAgent.resend(position)
      ending.resume()
      const turn = journal.record.turns.at(-1)
      const isHere = turn !== undefined && runner.isRunning(turn.turnId)
      if (isUnfinished(turn) && !isHere && !ending.isEnding) runner.resume(turn)
    },
    handle,
    actions,
    lost(lostLink, { isSilent = false } = {}) {
      if (lostLink !== link || isOver(journal.record.state)) return
      logger.warn({ isLeaving, isSilent }, 'call channel lost')
      const { jobId } = lostLink
      const why = isLeaving ? 'leaving' : 'broken'
      journal.emit({ at: now(), type: 'job-lost', jobId, epoch, why })
      decideLost(isSilent ? 'job-silent' : 'job-dead')
    },
    endNow: (reason) => {
      runner.stop()
      return endTold(reason)
    },
    get epoch() {
      return epoch
    },
    takeLateEffect({ turnId, item }) {
      const { toolCallId, name, ok, result } = item
      const late = { turnId, toolCallId, name, ok, result, late: true }
      journal.emit({ at: now(), type: 'tool-finished', ...late })
    },
    epochOf: (jobId) => epochs.get(jobId),
    get jobIds() {
      return [...new Set([...earlierJobs, ...epochs.keys()])]
    },
    takenOver: onTakenOver,
    abandon(code) {
      stop()
      ending.abandon()
      journal.close()
      link?.close(code)
    },
    async handOver() {
      stop()
      ending.abandon()
      await journal.stored({ timeoutMs: handOverMs })
      link?.close(closeCode.goingAway)
      journal.close()
    },
    writeBack: () => journal.writeBack(),
    get token() {
      return token
    },
    adopt() {
      isHere = true
      journal.emit({ at: now(), type: 'orchestrator-changed', holder: store.holder, token })
      decideLost('taken-over')
    },
  }
  return session
}

type ActionResult = Pick<AgentMessageOf<'action-result'>, 'actionId' | 'ok' | 'code' | 'at'>

/** What an action that the agent has carried out means for the call. */
function toCallEffect(kind: CallAction['kind'], ok: boolean) {
  if (kind === 'transfer') return ok ? 'call-bridged' : 'transfer-failed'
  if (!ok) return undefined
  if (kind === 'hold') return 'call-held'
  return kind === 'unhold' ? 'call-resumed' : undefined
}
