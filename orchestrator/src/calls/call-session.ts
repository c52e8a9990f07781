import { closeCode, type EndReason } from '@trunkline/contracts'
import { createSessionActions } from '../actions/session-actions.ts'
import { createPresence } from '../intents/presence.ts'
import { createQuickAnswers } from '../limits/quick-answers.ts'
import { createMachineAnswer } from '../outbound/machine-answer.ts'
import { createCallTransfers } from '../transfer/call-transfers.ts'
import { createHandOver } from '../transfer/hand-over.ts'
import { createExpectations } from '../turns/expectations.ts'
import { createSecretEntry } from '../turns/secret-entry.ts'
import { createSpeculations } from '../turns/speculations.ts'
import { toTurnRequest } from '../turns/turn-request.ts'
import { decideWithoutModel } from '../turns/without-model.ts'
import { createAgentActions } from './agent-actions.ts'
import { createAgentMessages } from './agent-messages.ts'
import { createCallEnding } from './call-ending.ts'
import { createCallJob } from './call-job.ts'
import { createCallLimits } from './call-limits.ts'
import { createCallerTurns } from './caller-turns.ts'
import { createJournal } from './journal.ts'
import { createLostChannel } from './lost-channel.ts'
import { createPrompts } from './prompts.ts'
import { readRecordingConsent } from './recording-consent.ts'
import { isUnfinished } from './resume.ts'
import type { CallSession, CallSessionDeps, CallSessionOptions } from './session.ts'
import { toLineSpeech } from './speech.ts'
import { createToAgent } from './to-agent.ts'
import { traceDialogue } from './trace-dialogue.ts'
import { createTurnMarks } from './turn-marks.ts'
import { createTurnRunner } from './turn-runner.ts'
import { isUnanswered } from './unanswered.ts'

/** How long a process that stops waits for Redis to have all of a call. */
const handOverMs = 500

/** Puts a call together from its parts. What each of them decides is in its own file. */
export function createCallSession(deps: CallSessionDeps, options: CallSessionOptions): CallSession {
  const { line, record, lastEventId, refusal, onEnded, onTakenOver } = options
  const { store, lines, rooms, metrics, now, admission } = deps
  const logger = deps.logger.child({ callId: record.id })
  const over = new AbortController()
  const marks = createTurnMarks({ now })
  const dialogue = traceDialogue(deps.dialogue, { callId: record.id })

  const journal = createJournal({
    ...{ record, store, metrics, now, ttlSeconds: line.retention.liveSeconds },
    ...(lastEventId === undefined ? {} : { lastEventId }),
    lease: () => job.lease,
    onFenced: onTakenOver,
    onEvent(call, event) {
      admission?.noteEvent(call, event)
      transfers.noteEvent(event)
      handOver.noteEvent(event)
      const consent = line.privacy.recording === 'off' ? undefined : readRecordingConsent(event)
      if (consent) toAgent.consentToRecording(consent === 'given')
    },
  })
  const job = createCallJob({ ...options, journal, store, now, logger })
  const toAgent = createToAgent({
    ...{ line, journal, now, marks },
    link: () => job.link,
    epoch: () => job.epoch,
  })
  const ending = createCallEnding({
    ...{ journal, rooms, logger, now },
    isConnected: () => job.isConnected,
    sendHangup({ actionId, reason }) {
      toAgent.act(actionId, { kind: 'hangup', reason })
    },
    onEnded(reason) {
      stop()
      onEnded(reason)
    },
  })
  /** Ends the call as the room has told; a call that was not answered, as who dialled it was told. */
  const endTold = async (reason: EndReason) => {
    const failure = isUnanswered(journal.record, reason)
      ? await deps.dialFailureOf?.(journal.record.room).catch(() => undefined) // Redis is away: the room's reason stays
      : undefined
    await ending.endNow(failure ?? reason)
  }

  const agentActions = createAgentActions({
    ...{ journal, toAgent, ending, now },
    operator: () => operatorActions,
  })
  const operatorActions = createSessionActions({
    ...{ line, journal, now },
    say: (draft) => toAgent.say(draft),
    sendAction: (actionId, action) => agentActions.send(actionId, action),
    stopTurn: () => runner.stop(),
    hangUp() {
      // Two people talk, and no agent is there to play anything out.
      if (journal.record.state === 'bridged')
        void endTold('operator-hangup') // never rejects
      else ending.hangUp('operator-hangup')
    },
    isEnding: () => ending.isEnding,
    transfers: () => transfers,
  })
  const transfers = createCallTransfers({
    ...{ line, journal, services: deps.transferServices, logger, now, signal: over.signal },
    epoch: () => job.epoch,
    say: (draft) => toAgent.say(draft),
    ask: (action, waiting) => agentActions.ask(action, waiting),
    hint: (text) => operatorActions.hint(text),
    stopTurn: () => runner.stop(),
    answerWaiting: () => answerWaiting(),
    isEnding: () => ending.isEnding,
    endNow: (reason) => endTold(reason),
  })
  const handOver = createHandOver({
    ...{ line, refusal, transfers },
    say: (draft) => toAgent.say(draft),
    hangUp: (reason) => ending.hangUp(reason),
  })
  const secretEntry = createSecretEntry()
  const speculations = createSpeculations({
    ...{ line, dialogue, metrics, now, signal: over.signal },
    secret: () => secretEntry.value,
    emit: (event) => journal.emit(event),
  })
  const machine = createMachineAnswer({
    record: () => journal.record,
    message: async () => await deps.dialMessageOf?.(journal.record.room),
    say(text) {
      const { language, voice } = toLineSpeech(line)
      const say = { turnId: 'prompt-machine', index: 0, text, language, voice } as const
      toAgent.say({ ...say, kind: 'prompt', interruptible: false, last: true })
    },
    hangUp: (reason) => ending.hangUp(reason),
    logger,
  })
  const expectations = createExpectations({
    ...{ line, journal, now },
    sendAction: (actionId, action) => agentActions.send(actionId, action),
    isUnderstood: () => (job.link?.protocol ?? 0) >= 3,
  })
  const runner = createTurnRunner({
    ...{ line, journal, dialogue, logger, metrics, now, marks, hints: operatorActions },
    speculations,
    expectations,
    secret: () => secretEntry.value,
    ...(deps.intents && { intents: deps.intents }),
    epoch: () => job.epoch,
    say: (draft) => toAgent.say(draft),
    finishTurn: (turnId, usage) => toAgent.finishTurn(turnId, usage),
    onEndCall: () => ending.hangUp('agent-goodbye'),
    onGivingUp: () => handOver.giveUp(),
    signal: over.signal,
  })
  const quickAnswers = createQuickAnswers()
  const withoutModel = {
    ...{ line, journal, presence: createPresence(), quickTurnIds: quickAnswers.turnIds },
    isReplying: () => runner.runningTurnId !== undefined,
  }
  const mayAnswer = () => !ending.isEnding && !refusal
  const answering = {
    get isMuted() {
      return operatorActions.isMuted || machine.isOnlyHeard
    },
  }
  const turns = createCallerTurns({
    withoutModel: (turn) => decideWithoutModel(turn, withoutModel),
    onTransferKey: (to) => void transfers.begin({ to, by: 'system' }),
    onBot: () => limits.reached('bot-loop'),
    secretEntry,
    ...{ journal, runner, speculations, transfers, toAgent },
    ...{ marks, now, logger },
    toRequest: (call, turn) =>
      toTurnRequest(call, turn, { line, epoch: job.epoch, hints: operatorActions.hints }),
    ...{ mayAnswer, actions: answering },
  })

  /** Goes on with a turn that has no reply yet: another process had no time, or a transfer was tried meanwhile. */
  const answerWaiting = () => {
    const turn = journal.record.turns.at(-1)
    const isRunning = turn !== undefined && runner.isRunning(turn.turnId)
    if (isRunning || ending.isEnding || transfers.isUnderWay || refusal) return
    if (isUnfinished(turn)) runner.resume(turn)
  }
  const prompts = createPrompts({ line, journal, toAgent })
  const mayReprompt = () => journal.record.state === 'active' && mayAnswer() && !answering.isMuted
  const limits = createCallLimits({
    ...{ line, journal, prompts, runner, ending, endNow: endTold, admission, now },
    ...{ transferSpeech: transfers.speech, maxCallSeconds: deps.maxCallSeconds },
    mayReprompt,
  })
  const channel = createLostChannel({
    ...{ journal, job, ending, store, onTakenOver, now, logger, endNow: endTold },
    ...{ watcher: deps.watcher, channelGraceMs: deps.channelGraceMs },
    session: () => session,
  })
  const handle = createAgentMessages({
    ...{ line, lines, journal, metrics, limits, turns, runner, channel, ending, logger, marks },
    quickAnswers,
    noteTurn: (turn) => dialogue.noteTurn(turn),
    ...{ actions: agentActions, endNow: endTold, machine },
    onUnspoken() {
      if (mayReprompt()) prompts.askAgain()
    },
    ...(refusal && { refusal }),
    ...(deps.intents && { intents: deps.intents }),
    ...(deps.hashCaller && { hashCaller: deps.hashCaller }),
  })
  const stop = () => {
    speculations.close()
    over.abort()
    operatorActions.close()
    limits.stop()
    channel.stop()
  }

  const session: CallSession = {
    id: record.id,
    line,
    actions: operatorActions,
    transfers,
    handle,
    isRefused: refusal !== undefined,
    get record() {
      return journal.record
    },
    get isEnding() {
      return ending.isEnding
    },
    get isConnected() {
      return job.isConnected
    },
    get epoch() {
      return job.epoch
    },
    get token() {
      return job.token
    },
    get jobIds() {
      return job.jobIds
    },
    epochOf: (jobId) => job.epochOf(jobId),
    put: (event) => journal.emit(event),
    stored: (waiting) => journal.stored(waiting),
    get isStored() {
      return journal.isStored
    },
    begin: (created) => void journal.emit(created),
    writeBack: () => journal.writeBack(),
    takenOver: onTakenOver,
    linkJob(newJob) {
      channel.found()
      return job.take(newJob)
    },
    goOn(position) {
      toAgent.resend(position)
      ending.resume()
      transfers.resume()
      answerWaiting()
    },
    lost: (lostLink, { isSilent = false } = {}) => channel.lost(lostLink, { isSilent }),
    adopt() {
      job.adopt()
      transfers.resume()
      channel.decide('taken-over')
    },
    takeLateEffect({ turnId, item }) {
      const { toolCallId, name, ok, result } = item
      const late = { turnId, toolCallId, name, ok, result, late: true }
      journal.emit({ at: now(), type: 'tool-finished', ...late })
    },
    endNow(reason) {
      runner.stop()
      return endTold(reason)
    },
    abandon(code) {
      stop()
      ending.abandon()
      journal.close()
      job.link?.close(code)
    },
    async handOver() {
      stop()
      ending.abandon()
      await journal.stored({ timeoutMs: handOverMs })
      job.link?.close(closeCode.goingAway)
      journal.close()
    },
  }
  return session
}
