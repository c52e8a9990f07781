import { type AgentMessageOf, secretMask } from '@trunkline/contracts'
import type { Logger } from '@trunkline/telemetry'
import type { SessionActions } from '../actions/session-actions.ts'
import type { DialogueTurn } from '../dialogue/dialogue.ts'
import type { CallTransfers } from '../transfer/call-transfers.ts'
import type { ReplySource } from '../turns/open-reply.ts'
import type { SecretEntry } from '../turns/secret-entry.ts'
import type { Speculations } from '../turns/speculations.ts'
import { previewTurn } from '../turns/turn-request.ts'
import type { WithoutModel } from '../turns/without-model.ts'
import type { Journal } from './journal.ts'
import type { ToAgent } from './to-agent.ts'
import type { TurnMarks } from './turn-marks.ts'
import type { TurnRunner } from './turn-runner.ts'

type Turn = AgentMessageOf<'turn'>
type Confirmation = AgentMessageOf<'turn-confirm'>

/** The caller's turns on their way to the dialogue. */
export interface CallerTurns {
  /** One that is speculative is begun, and neither recorded nor said before it is confirmed. */
  take(turn: Turn): void
  /** The caller has really stopped: the turn counts, as the confirmation has it. */
  confirm(confirmation: Confirmation): void
  /** The caller has gone on: a turn that was sent ahead is forgotten. */
  drop(turnId: string): void
  /** How long the recogniser took for what the next turn says. */
  noteAsrFinal(asrFinalMs: number | undefined): void
}

export interface CallerTurnsDeps {
  readonly journal: Journal
  readonly runner: Pick<TurnRunner, 'start' | 'runningTurnId'>
  readonly speculations: Speculations
  /** The dialogue's request about a turn, of the call as it would be then. */
  readonly toRequest: (record: Journal['record'], turn: Turn) => DialogueTurn
  /** What the turn comes to without the model; it changes nothing. */
  readonly withoutModel: (turn: Turn) => WithoutModel | undefined
  readonly onTransferKey: (to: string) => void
  /** The other side is a machine that gets nowhere. */
  readonly onBot: () => void
  readonly secretEntry: Pick<SecretEntry, 'keep'>
  readonly actions: Pick<SessionActions, 'isMuted'>
  readonly transfers: Pick<CallTransfers, 'isUnderWay'>
  readonly toAgent: Pick<ToAgent, 'finishTurn'>
  readonly marks: Pick<TurnMarks, 'mark'>
  /** False once a goodbye is played: nothing follows it. */
  readonly mayAnswer: () => boolean
  readonly now: () => number
  readonly logger: Logger
}

export function createCallerTurns(deps: CallerTurnsDeps): CallerTurns {
  const { journal, runner, speculations, actions, transfers, toAgent, marks } = deps
  const { mayAnswer, now, logger } = deps
  /** What was sent ahead last; a caller says one thing at a time. */
  let ahead: Turn | undefined
  /** Turns that another one has replaced before they were recorded. */
  const replaced = new Set<string>()
  let asrFinalMs: number | undefined

  /** A human speaks: what the caller says is put on record, and not answered. */
  const passOver = ({ turnId, text, language, source }: Turn) => {
    journal.emit({ at: now(), type: 'turn-received', turnId, text, language, source })
    journal.emit({ at: now(), type: 'turn-finished', turnId })
    toAgent.finishTurn(turnId, undefined)
  }
  /** A transfer is under way: it is answered when that has failed, and is part of the call either way. */
  const keep = ({ turnId, text, language, source, supersedes }: Turn) => {
    speculations.close()
    const older = supersedes === undefined ? {} : { supersedes }
    journal.emit({ at: now(), type: 'turn-received', turnId, text, language, source, ...older })
  }
  /** An operator's choice of language holds whatever the recogniser takes it for. */
  const toSpoken = (turn: Turn): Turn => {
    const { language = turn.language } = journal.record
    return { ...turn, language }
  }
  /** What of it may be known beyond here: a secret entry is kept for tools alone, and a menu's key says what it means. */
  const toTold = (turn: Turn): Turn => {
    if (turn.source !== 'dtmf' || turn.text === secretMask) return turn
    if (turn.secret || journal.record.dtmf?.secret) {
      deps.secretEntry.keep(turn.text)
      return { ...turn, text: secretMask }
    }
    const meaning = deps.withoutModel(turn)
    return meaning?.kind === 'as-said' ? { ...turn, text: meaning.text } : turn
  }
  const isKnown = (turnId: string) =>
    replaced.has(turnId) || journal.record.turns.some((turn) => turn.turnId === turnId)

  const toSource = (turnId: string): ReplySource => {
    const speculation = speculations.claim(turnId)
    return speculation ? { kind: 'speculation', speculation } : { kind: 'model' }
  }
  /** What needs no model is answered at once; true when there is nothing left to do. */
  const answerWithout = (turn: Turn): ReplySource | 'done' | undefined => {
    const answer = deps.withoutModel(turn)
    switch (answer?.kind) {
      case undefined:
      case 'as-said':
        return undefined
      case 'words':
        return answer
      case 'nothing':
        passOver(turn)
        return 'done'
      case 'transfer':
        passOver(turn)
        deps.onTransferKey(answer.to)
        return 'done'
      case 'bot':
        passOver(turn)
        deps.onBot()
        return 'done'
    }
  }
  const start = (turn: Turn) => {
    if (isKnown(turn.turnId)) return
    if (turn.supersedes !== undefined) replaced.add(turn.supersedes)
    ahead = undefined
    if (transfers.isUnderWay) {
      keep(turn)
      return
    }
    if (!mayAnswer() || actions.isMuted) {
      speculations.close()
      if (mayAnswer()) passOver(turn)
      return
    }
    const without = answerWithout(turn)
    if (without === 'done') {
      speculations.close()
      return
    }
    const source = without ?? toSource(turn.turnId)
    speculations.turnStarted()
    runner.start(turn, { asrFinalMs, source })
    asrFinalMs = undefined
  }
  const begin = (turn: Turn) => {
    if (isKnown(turn.turnId)) return
    ahead = turn
    marks.mark(turn.turnId, 'turn-received')
    if (!mayAnswer() || actions.isMuted || transfers.isUnderWay) return
    if (deps.withoutModel(turn)) return
    const { runningTurnId } = runner
    const preview = previewTurn(journal.record, turn, { at: now(), runningTurnId })
    speculations.begin(deps.toRequest(preview, turn))
  }

  return {
    take(heard) {
      const turn = toTold(toSpoken(heard))
      if (turn.speculative) begin(turn)
      else start(turn)
    },
    confirm(confirmation) {
      const { turnId } = confirmation
      const turn = toConfirmed(ahead?.turnId === turnId ? ahead : undefined, confirmation)
      if (turn) start(toTold(toSpoken(turn)))
      else if (!isKnown(turnId)) logger.warn({ turnId }, 'a turn that nobody knows was confirmed')
    },
    drop(turnId) {
      if (ahead?.turnId === turnId) ahead = undefined
      speculations.drop(turnId)
    },
    noteAsrFinal(ms) {
      asrFinalMs = ms
    },
  }
}

/**
 * The turn as it was confirmed: what the confirmation says, then what was sent ahead. A confirmation of protocol 3
 * says all of it, and needs nothing else: the process that began the turn may be gone.
 */
function toConfirmed(ahead: Turn | undefined, confirmation: Confirmation): Turn | undefined {
  const { seq, at, turnId, text = ahead?.text, language = ahead?.language } = confirmation
  if (text === undefined || language === undefined) return undefined
  const { confidence = ahead?.confidence ?? 1, source = ahead?.source ?? 'speech' } = confirmation
  const { endOfTurn = ahead?.endOfTurn ?? { reason: 'unknown' } } = confirmation
  const { words = ahead?.words, speechEndedAt = ahead?.speechEndedAt } = confirmation
  // One that is whole and replaces nothing no longer replaces what it was meant to.
  const { supersedes } = confirmation.text === undefined && ahead ? ahead : confirmation
  return {
    ...{ seq, at, type: 'turn', turnId, text, language, confidence, source, endOfTurn },
    ...(words === undefined ? {} : { words }),
    ...(speechEndedAt === undefined ? {} : { speechEndedAt }),
    ...(supersedes === undefined ? {} : { supersedes }),
    ...(ahead?.secret === undefined ? {} : { secret: ahead.secret }),
  }
}
