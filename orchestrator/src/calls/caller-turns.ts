import type { SessionActions } from '../actions/session-actions.ts'
import type { Journal } from './journal.ts'
import type { SessionMessage } from './session.ts'
import type { ToAgent } from './to-agent.ts'
import type { TurnRunner } from './turn-runner.ts'

type Turn = Extract<SessionMessage, { type: 'turn' }>

/** The caller's turns on their way to the dialogue. */
export interface CallerTurns {
  take(turn: Turn): void
  /** The caller has really stopped: a turn that was sent ahead of that starts. */
  confirm(turnId: string): void
  /** The caller has gone on: a turn that was sent ahead is forgotten. */
  drop(turnId: string): void
  /** How long the recogniser took for what the next turn says. */
  noteAsrFinal(asrFinalMs: number | undefined): void
}

export interface CallerTurnsDeps {
  readonly journal: Journal
  readonly runner: Pick<TurnRunner, 'start'>
  readonly actions: Pick<SessionActions, 'isMuted'>
  readonly toAgent: Pick<ToAgent, 'finishTurn'>
  /** False once a goodbye is played: nothing follows it. */
  readonly mayAnswer: () => boolean
  readonly now: () => number
}

export function createCallerTurns(deps: CallerTurnsDeps): CallerTurns {
  const { journal, runner, actions, toAgent, mayAnswer, now } = deps
  const speculative = new Map<string, Turn>()
  let asrFinalMs: number | undefined

  /** A human speaks: what the caller says is put on record, and not answered. */
  const passOver = ({ turnId, text, language, source }: Turn) => {
    journal.emit({ at: now(), type: 'turn-received', turnId, text, language, source })
    journal.emit({ at: now(), type: 'turn-finished', turnId })
    toAgent.finishTurn(turnId, undefined)
  }
  const start = (turn: Turn) => {
    if (!mayAnswer()) return
    if (actions.isMuted) {
      passOver(turn)
      return
    }
    runner.start(turn, { asrFinalMs })
    asrFinalMs = undefined
  }

  return {
    take(turn) {
      if (turn.speculative) speculative.set(turn.turnId, turn)
      else start(turn)
    },
    confirm(turnId) {
      const turn = speculative.get(turnId)
      speculative.clear()
      if (turn) start(turn)
    },
    drop: (turnId) => void speculative.delete(turnId),
    noteAsrFinal(ms) {
      asrFinalMs = ms
    },
  }
}
