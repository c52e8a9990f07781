import type { CallAction, DtmfEntry, Line } from '@trunkline/contracts'
import type { Journal } from '../calls/journal.ts'
import type { SayDraft } from '../calls/to-agent.ts'
import { createExpectationReader, type Expectation } from './expect/read-expectation.ts'

/** What a tool's result makes the caller be asked for, whatever the words of the reply are. */
export interface Awaited {
  readonly expect: Expectation
  /** Keys are awaited too; how they become an entry. */
  readonly dtmf?: DtmfEntry
}

/** Tells the agent what the dialogue waits for. */
export interface Expectations {
  /**
   * To be called before a sentence leaves, so that the agent knows of it before the caller can answer.
   * @param said the reply up to and with this sentence
   * @param awaited as the last tool of this turn wants it
   */
  before(
    sentence: Pick<SayDraft, 'turnId' | 'index' | 'language'>,
    options: { said: string; awaited?: Awaited | undefined },
  ): void
}

export interface ExpectationsDeps {
  readonly line: Pick<Line, 'dtmf'>
  readonly journal: Pick<Journal, 'record' | 'emit'>
  readonly sendAction: (actionId: string, action: CallAction) => void
  /** False for a job whose protocol does not have the dialogue's expectations. */
  readonly isUnderstood: () => boolean
  readonly now: () => number
}

export function createExpectations(deps: ExpectationsDeps): Expectations {
  const { line, journal, now } = deps
  const read = createExpectationReader()
  const keysOfLine: DtmfEntry = { ...line.dtmf, secret: false }
  return {
    before({ turnId, index, language }, { said, awaited }) {
      if (!deps.isUnderstood()) return
      const expect = awaited?.expect ?? read(said, language)
      const dtmf = awaited?.dtmf ?? (expect === 'digits' ? keysOfLine : undefined)
      const { expect: known = 'free', dtmf: knownKeys } = journal.record
      if (expect === known && isSame(dtmf, knownKeys)) return
      const actionId = `expect-${turnId}-${index}`
      const action = { kind: 'expect', expect, ...(dtmf === undefined ? {} : { dtmf }) } as const
      journal.emit({
        ...{ at: now(), type: 'action', actionId, kind: 'expect', action, by: 'dialogue' },
      })
      deps.sendAction(actionId, action)
    },
  }
}

function isSame(left: DtmfEntry | undefined, right: DtmfEntry | undefined): boolean {
  if (left === undefined || right === undefined) return left === right
  return (
    left.maxDigits === right.maxDigits &&
    left.terminator === right.terminator &&
    left.interDigitMs === right.interDigitMs &&
    left.interrupts === right.interrupts &&
    left.secret === right.secret
  )
}
