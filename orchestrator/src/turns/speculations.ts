import type { CallEventOf, Line } from '@trunkline/contracts'
import type { Dialogue, DialogueTurn } from '../dialogue/dialogue.ts'
import { createSpeculation, type Speculation } from './speculation.ts'

/**
 * What became of a reply that was begun early.
 * - `confirmed`: it was said
 * - `dropped`: the caller went on, or the call ended
 * - `superseded`: a newer turn replaced it
 * - `changed`: the turn came out with other words, or what had been said before it did
 * - `expired`: neither confirmed nor dropped in time
 * - `failed`: the model failed; the confirmed turn asked it anew
 * - `waited`: none was begun, for the bound of the turn or of the call was reached
 */
export type SpeculationOutcome =
  | 'confirmed'
  | 'dropped'
  | 'superseded'
  | 'changed'
  | 'expired'
  | 'failed'
  | 'waited'

/** The replies of one call that are begun before their turn is certain, one at a time. */
export interface Speculations {
  /** Begins the reply, unless a bound is reached. One that is under way is superseded. */
  begin(request: DialogueTurn): void
  /** The reply that was begun for this turn, for the caller to take or to give back. It leaves here. */
  claim(turnId: string): Speculation | undefined
  /** Tells what became of a claimed one. One that was not taken is stopped, and its cost booked. */
  settle(speculation: Speculation, outcome: SpeculationOutcome): void
  drop(turnId: string): void
  /** A turn was run: the next one may speculate anew. */
  turnStarted(): void
  close(): void
}

export interface SpeculationsDeps {
  readonly line: Pick<Line, 'turnTaking'>
  readonly dialogue: Dialogue
  /** What the caller has entered as secret. */
  readonly secret: () => string | undefined
  /** Books what was spent in vain. */
  readonly emit: (event: CallEventOf<'usage'>) => void
  readonly metrics: {
    speculation(outcome: SpeculationOutcome): void
    speculationWasted(tokens: number): void
  }
  readonly now: () => number
  /** The call's. */
  readonly signal: AbortSignal
}

export function createSpeculations(deps: SpeculationsDeps): Speculations {
  const { line, dialogue, emit, metrics, now, signal, secret } = deps
  const { maxSpeculations, maxWastedTokens } = line.turnTaking
  let current: Speculation | undefined
  let begunOfTurn = 0
  let wastedTokens = 0

  const settle: Speculations['settle'] = (speculation, outcome) => {
    metrics.speculation(outcome)
    if (outcome === 'confirmed') return
    const { model, promptTokens, completionTokens } = speculation.drop()
    const wasted = promptTokens + completionTokens
    wastedTokens += wasted
    metrics.speculationWasted(wasted)
    if (model === undefined) return
    const base = { at: now(), type: 'usage', kind: 'llm', engine: model } as const
    const { turnId } = speculation
    if (promptTokens > 0) emit({ ...base, unit: 'prompt-token', amount: promptTokens, turnId })
    if (completionTokens > 0) {
      emit({ ...base, unit: 'completion-token', amount: completionTokens, turnId })
    }
  }
  const end = (outcome: SpeculationOutcome) => {
    const ended = current
    current = undefined
    if (ended) settle(ended, outcome)
  }

  return {
    begin(request) {
      end('superseded')
      if (begunOfTurn >= maxSpeculations || wastedTokens >= maxWastedTokens) {
        metrics.speculation('waited')
        return
      }
      begunOfTurn += 1
      const begun = createSpeculation(dialogue, {
        ...{ request, signal, secret, now },
        onExpired() {
          if (current === begun) end('expired')
        },
      })
      current = begun
    },
    claim(turnId) {
      if (current?.turnId !== turnId) return undefined
      const claimed = current
      current = undefined
      return claimed
    },
    settle,
    drop(turnId) {
      if (current?.turnId === turnId) end('dropped')
    },
    turnStarted() {
      end('superseded')
      begunOfTurn = 0
    },
    close: () => end('dropped'),
  }
}
