import type { Send } from '../channel/outgoing.ts'
import type { Listening, TurnEnd } from '../listening/listening.ts'
import type { Speaker } from '../speaking/speaker.ts'
import type { TurnMarks } from '../speaking/turn-marks.ts'
import type { TurnBook } from './turn-book.ts'
import { type Turn, toConfirmMessage, toTurnMessage } from './turn-message.ts'

/** The caller's turns on their way to the orchestrator. */
export interface Turns {
  /** Returns its number; undefined when it is for nobody. */
  ended(turn: Turn, end: TurnEnd): string | undefined
  /** It has probably ended: the orchestrator may begin to think. */
  speculated(turn: Turn): void
  /** It had not. */
  dropped(): void
  /** End of speech → final of a turn, when it is known. */
  asrFinalMs(turnId: string): number | undefined
}

export interface TurnsDeps {
  readonly book: TurnBook
  readonly listening: Listening
  /** False while the caller is on hold. */
  readonly isListening: () => boolean
  readonly speaker: Pick<Speaker, 'decide' | 'turnFinished'>
  readonly marks: TurnMarks
  readonly send: Send
}

/** Turns whose figures may still be asked for. */
const rememberedTurns = 32

export function createTurns(deps: TurnsDeps): Turns {
  const { book, listening, isListening, speaker, marks, send } = deps
  const asrFinals = new Map<string, number>()
  let speculation: string | undefined

  const remember = (turnId: string, asrFinalMs: number) => {
    asrFinals.set(turnId, asrFinalMs)
    const [oldest] = asrFinals.keys()
    if (asrFinals.size > rememberedTurns && oldest !== undefined) asrFinals.delete(oldest)
  }
  const dropGuess = () => {
    speculation = undefined
    const turnId = book.drop()
    if (!turnId) return
    send({ type: 'turn-drop', turnId })
    speaker.decide(turnId, { isConfirmed: false })
  }
  return {
    ended(turn, end) {
      if (!isListening()) {
        listening.takeTurn(end)
        return undefined
      }
      // What was typed or keyed in is not what was guessed of speech.
      if (turn.source !== 'speech') dropGuess()
      const { isConfirmed, callsOff, ...numbered } = book.commit(turn.text, turn)
      const { turnId } = numbered
      speculation = undefined
      const heard = listening.takeTurn(end)
      const { asrFinalMs } = heard
      marks.mark(turnId, 'endpoint-decided')
      if (end.endedAt !== undefined && turn.source === 'speech') {
        marks.mark(turnId, 'speech-ended', end.endedAt)
        if (asrFinalMs !== undefined) {
          marks.mark(turnId, 'final-received', end.endedAt + asrFinalMs)
          remember(turnId, asrFinalMs)
        }
      }
      const parts = { numbered, heard }
      if (callsOff) {
        send({ type: 'cancel', turnId: callsOff })
        // No more of its reply will come.
        speaker.turnFinished(callsOff)
      }
      if (isConfirmed) send(toConfirmMessage(turn, parts))
      else send(toTurnMessage(turn, { ...parts, isSpeculative: false }))
      marks.mark(turnId, isConfirmed ? 'turn-confirmed' : 'turn-sent')
      if (isConfirmed) speaker.decide(turnId, { isConfirmed: true })
      return turnId
    },
    speculated(turn) {
      if (!isListening()) return
      const numbered = book.speculate(turn.text)
      if (speculation) speaker.decide(speculation, { isConfirmed: false })
      speculation = numbered.turnId
      const heard = listening.peekTurn({ reason: 'unknown' })
      send(toTurnMessage(turn, { numbered, heard, isSpeculative: true }))
      marks.mark(numbered.turnId, 'turn-sent')
    },
    dropped: dropGuess,
    asrFinalMs: (turnId) => asrFinals.get(turnId),
  }
}
