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

/** How a turn came. Words of one kind that follow each other are one turn. */
export interface TurnKind {
  readonly source: 'speech' | 'text' | 'dtmf'
  /** An entry that is recorded nowhere. */
  readonly isSecret?: boolean
  /** A menu's key: it means what it means by itself alone. */
  readonly isMenuKey?: boolean
}

export interface CommittedTurn extends NumberedTurn {
  readonly isConfirmed: boolean
  /** A turn without an answer that is of another kind: it keeps its words, and is answered no more. */
  readonly callsOff?: string
}

/** Which of the caller's turns still waits for an answer, and which replies may still be spoken. Pure. */
export interface TurnBook {
  /**
   * Numbers a new turn, or takes the number of the speculation that it confirms. When the one before has not been
   * answered audibly and is of one kind with this one, this one supersedes it and carries the text of both: the caller
   * went on speaking. One of another kind is called off: a key is no word, and a secret is in no other turn's text.
   */
  commit(text: string, kind?: TurnKind): CommittedTurn
  /** Numbers a turn of speech that has probably ended. It supersedes a speculation before it. */
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

const speech: TurnKind = { source: 'speech' }

export function createTurnBook(): TurnBook {
  const states = new Map<string, TurnState>()
  let minted = 0
  let last: { turnId: string; text: string; kind: TurnKind } | undefined
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
  /** The open turn that one of this kind goes on with. */
  const openOfKind = (kind: TurnKind) => {
    const open = openTurn()
    return open && isOneTurn(open.kind, kind) ? open : undefined
  }
  const end = (turnId: string | undefined) => {
    if (turnId !== undefined) states.set(turnId, 'over')
  }
  return {
    commit(text, kind = speech) {
      const open = openTurn()
      const continued = openOfKind(kind)
      const merged = join(continued?.text, text)
      end(open?.turnId)
      const isConfirmed = speculation !== undefined
      const turnId = speculation ?? mint('waiting')
      states.set(turnId, 'waiting')
      speculation = undefined
      last = { turnId, text: merged, kind }
      const turn = { turnId, text: merged, isConfirmed }
      if (!open) return turn
      return continued ? { ...turn, supersedes: open.turnId } : { ...turn, callsOff: open.turnId }
    },
    speculate(text) {
      end(speculation)
      // The open turn stays open: it is superseded when this one is confirmed.
      const open = openOfKind(speech)
      const supersedes = speculation ?? open?.turnId
      speculation = mint('speculative')
      const merged = join(open?.text, text)
      return { turnId: speculation, text: merged, ...(supersedes && { supersedes }) }
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

function isOneTurn(before: TurnKind, kind: TurnKind): boolean {
  if (before.isMenuKey || kind.isMenuKey) return false
  return before.source === kind.source && Boolean(before.isSecret) === Boolean(kind.isSecret)
}

function join(before: string | undefined, text: string): string {
  return before === undefined ? text : `${before} ${text}`
}
