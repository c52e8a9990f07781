/**
 * - `speculative`: sent on a likely end; it may come to nothing
 * - `waiting`: sent, and nothing of its reply has been played
 * - `speaking`: its reply has begun to be heard
 * - `silenced`: its reply was called off before anything of it was heard
 * - `over`: answered, cancelled, superseded
 */
type TurnState = 'speculative' | 'waiting' | 'speaking' | 'silenced' | 'over'

export interface NumberedTurn {
  readonly turnId: string
  readonly text: string
  readonly supersedes?: string
}

/** Which of the caller's turns still waits for an answer, and which replies may still be spoken. Pure. */
export interface TurnBook {
  /**
   * Numbers a new turn, or takes the number of the speculation that it confirms. When the one before has not been
   * answered audibly, this one supersedes it and carries the text of both: the caller went on speaking.
   */
  commit(text: string): NumberedTurn & { readonly isConfirmed: boolean }
  /** Numbers a turn that has probably ended. It supersedes a speculation before it. */
  speculate(text: string): NumberedTurn
  /** The speculation was wrong. Returns its number; undefined when there is none. */
  drop(): string | undefined
  isSpeculative(turnId: string): boolean
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
  let speculation: string | undefined
  const openTurn = () => {
    const state = last && states.get(last.turnId)
    return last && (state === 'waiting' || state === 'silenced') ? last : undefined
  }
  const mint = (state: TurnState) => {
    minted += 1
    const turnId = `turn-${minted}`
    states.set(turnId, state)
    return turnId
  }
  const merge = (text: string) => {
    const open = openTurn()
    return open ? `${open.text} ${text}` : text
  }
  const end = (turnId: string | undefined) => {
    if (turnId !== undefined) states.set(turnId, 'over')
  }
  return {
    commit(text) {
      const open = openTurn()
      const merged = merge(text)
      end(open?.turnId)
      const isConfirmed = speculation !== undefined
      const turnId = speculation ?? mint('waiting')
      states.set(turnId, 'waiting')
      speculation = undefined
      last = { turnId, text: merged }
      return { turnId, text: merged, isConfirmed, ...(open && { supersedes: open.turnId }) }
    },
    speculate(text) {
      end(speculation)
      // The open turn stays open: it is superseded when this one is confirmed.
      const supersedes = speculation ?? openTurn()?.turnId
      speculation = mint('speculative')
      return { turnId: speculation, text: merge(text), ...(supersedes && { supersedes }) }
    },
    drop() {
      const dropped = speculation
      end(dropped)
      speculation = undefined
      return dropped
    },
    isSpeculative: (turnId) => states.get(turnId) === 'speculative',
    maySpeak(turnId) {
      const state = states.get(turnId)
      return state !== 'silenced' && state !== 'over'
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
