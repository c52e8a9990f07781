/**
 * - `waiting`: sent, and nothing of its reply has been played
 * - `speaking`: its reply has begun to be heard
 * - `silenced`: its reply was called off before anything of it was heard
 * - `over`: answered, cancelled, superseded
 */
type TurnState = 'waiting' | 'speaking' | 'silenced' | 'over'

interface CommittedTurn {
  readonly turnId: string
  readonly text: string
  readonly supersedes?: string
}

/** Which of the caller's turns still waits for an answer, and which replies may still be spoken. Pure. */
export interface TurnBook {
  /**
   * Numbers a new turn. When the one before has not been answered audibly, this one supersedes it and carries the
   * text of both: the caller went on speaking.
   */
  commit(text: string): CommittedTurn
  /** False for a `say` that comes after its turn was cancelled or superseded. Turns not minted here may speak. */
  maySpeak(turnId: string): boolean
  /** The first sample of its reply has been given to the room. */
  speaking(turnId: string): void
  /** Its reply was interrupted or called off. */
  cancelled(turnId: string): void
  /** Its reply has been played, or it got none. */
  finished(turnId: string): void
  /** Goes on with a call in which another job has minted `turnsSeen` turns. */
  resume(turnsSeen: number): void
}

export function createTurnBook(): TurnBook {
  const states = new Map<string, TurnState>()
  let minted = 0
  let last: { turnId: string; text: string } | undefined
  return {
    commit(text) {
      minted += 1
      const turnId = `turn-${minted}`
      const state = last && states.get(last.turnId)
      const open = last && (state === 'waiting' || state === 'silenced') ? last : undefined
      if (open) states.set(open.turnId, 'over')
      states.set(turnId, 'waiting')
      const merged = open ? `${open.text} ${text}` : text
      last = { turnId, text: merged }
      return { turnId, text: merged, ...(open && { supersedes: open.turnId }) }
    },
    maySpeak(turnId) {
      const state = states.get(turnId)
      return state === undefined || state === 'waiting' || state === 'speaking'
    },
    speaking(turnId) {
      if (states.get(turnId) !== 'over') states.set(turnId, 'speaking')
    },
    cancelled(turnId) {
      const state = states.get(turnId)
      states.set(turnId, state === 'waiting' || state === 'silenced' ? 'silenced' : 'over')
    },
    finished(turnId) {
      states.set(turnId, 'over')
    },
    resume(turnsSeen) {
      minted = Math.max(minted, turnsSeen)
    },
  }
}
