import type { AgentMessageOf, EndReason, Line } from '@trunkline/contracts'
import type { Logger } from '@trunkline/telemetry'
import type { QuickAnswers } from '../limits/quick-answers.ts'
import type { MachineAnswer } from '../outbound/machine-answer.ts'
import { isSentOn } from '../transfer/hand-over.ts'
import type { AgentActions } from './agent-actions.ts'
import { greetingTurnId } from './apply-event.ts'
import type { CallEnding } from './call-ending.ts'
import { isOver } from './call-machine.ts'
import type { CallerTurns } from './caller-turns.ts'
import { toEndReason } from './end-reason.ts'
import type { Journal } from './journal.ts'
import type { watchLimits } from './limit-watch.ts'
import type { LostChannel } from './lost-channel.ts'
import type { CallSessionDeps, CallSessionOptions, SessionMessage } from './session.ts'
import { observeStats } from './stats.ts'
import { toEvent } from './to-event.ts'
import type { TurnMarks } from './turn-marks.ts'
import type { TurnRunner } from './turn-runner.ts'
import { isUnspoken } from './unspoken.ts'

export interface AgentMessagesDeps
  extends Pick<CallSessionDeps, 'lines' | 'metrics' | 'intents' | 'hashCaller'>,
    Pick<CallSessionOptions, 'refusal'> {
  readonly line: Line
  readonly journal: Journal
  readonly limits: Pick<ReturnType<typeof watchLimits>, 'heard'>
  readonly turns: CallerTurns
  readonly quickAnswers: Pick<QuickAnswers, 'note'>
  readonly runner: Pick<TurnRunner, 'cancel' | 'stop' | 'timing'>
  readonly actions: Pick<AgentActions, 'takeResult'>
  readonly channel: Pick<LostChannel, 'leaving'>
  readonly ending: Pick<CallEnding, 'hangUp'>
  readonly machine: MachineAnswer
  /** A reply has had no voice, and the caller waits for it. */
  readonly onUnspoken: () => void
  readonly endNow: (reason: EndReason) => Promise<void>
  readonly marks: TurnMarks
  /** A turn's trace goes on with its reply. */
  readonly noteTurn: (turn: AgentMessageOf<'turn'>) => void
  readonly logger: Logger
}

/** What an agent's message does to its call: it goes on record, then to who acts on it. */
export function createAgentMessages(deps: AgentMessagesDeps): (message: SessionMessage) => void {
  const { line, lines, journal, metrics, limits, turns, runner, refusal, logger } = deps
  let greetingStarted = journal.record.greetingHeard !== undefined

  const noticeGreeting = ({ turnId, at }: AgentMessageOf<'say-started'>) => {
    if (turnId !== greetingTurnId || greetingStarted) return
    greetingStarted = true
    deps.machine.greeted()
    metrics.callSetup(Math.max(0, at - journal.record.createdAt))
    // A caller who is being greeted has been answered, whatever the room has told.
    const { state } = journal.record
    if (state === 'created' || state === 'ringing') journal.emit({ at, type: 'call-active' })
    if (refusal && !isSentOn(line, refusal)) deps.ending.hangUp(refusal.reason)
  }

  const noticeUnspoken = ({ turnId }: AgentMessageOf<'heard'>) => {
    // A caller who has gone on waits for another one.
    const turn = journal.record.turns.at(-1)
    if (turn?.turnId !== turnId || !isUnspoken(turn)) return
    logger.warn({ turnId }, 'nothing of a reply could be spoken')
    deps.onUnspoken()
  }

  return (message) => {
    if (isOver(journal.record.state)) return // a last word about a call that has ended
    limits.heard(message)
    deps.quickAnswers.note(message)
    if (message.type === 'say-started') noticeGreeting(message)
    if (message.type === 'transcript-interim') metrics.event(message.type)
    const event = message.type === 'action-result' ? undefined : toEvent(message, deps)
    // Keys of a secret entry are not recorded, also where the agent has not heard yet that it is one.
    const isSecret = message.type === 'dtmf' && journal.record.dtmf?.secret
    if (event && !isSecret) journal.emit(event)
    switch (message.type) {
      case 'call-started':
        if (message.called !== undefined && lines.byNumber(message.called)?.id !== line.id) {
          logger.warn('the number that was called is not one of the line’s')
        }
        return
      case 'transcript-final':
        turns.noteAsrFinal(message.asrFinalMs)
        deps.intents?.heard(message)
        return
      case 'turn':
        deps.noteTurn(message)
        turns.take(message)
        return
      case 'turn-confirm':
        deps.marks.mark(message.turnId, 'confirm-received')
        turns.confirm(message)
        return
      case 'turn-drop':
        turns.drop(message.turnId)
        return
      case 'heard':
        noticeUnspoken(message)
        return
      case 'cancel':
        turns.drop(message.turnId)
        runner.cancel(message.turnId)
        return
      case 'answered-by':
        deps.machine.answered(message)
        return
      case 'leaving':
        deps.channel.leaving()
        return
      case 'action-result':
        deps.actions.takeResult(message)
        return
      case 'stats':
        observeStats(message, {
          ...{ journal, metrics, timing: runner.timing(message.turnId) },
          own: deps.marks.of(message.turnId),
        })
        return
      case 'call-ended':
        runner.stop()
        void deps.endNow(toEndReason(message.reason, journal.record.state)) // never rejects
        return
      default:
        return // on record already; silence is counted here, from what both have said
    }
  }
}
