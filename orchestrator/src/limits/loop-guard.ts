import type { TurnRecord } from '@trunkline/contracts'

/** What is to be done about the other side, by the turns so far. */
export type LoopVerdict = 'go-on' | 'ask-for-a-human' | 'end'

export interface LoopInput {
  /** Finished turns, oldest first. */
  readonly turns: readonly Pick<TurnRecord, 'turnId' | 'text' | 'tools'>[]
  /** The turn that has just come. */
  readonly turn: Pick<TurnRecord, 'turnId' | 'text'>
  /** Turns that were begun within a tenth of a second after our last word: nobody listens so fast. */
  readonly quickTurnIds: ReadonlySet<string>
  /** Turns running that only a machine takes, before the call is ended. */
  readonly botTurns: number
}

/** A machine says its few sentences in turn. */
const lookBack = 3
/** People say "yes" or "the second one" again and again. */
const minWords = 4
/** What is said once before the end, so many turns before it. */
const askAhead = 2

/** Counts the last turns that only a machine takes: the same words again, or an answer before anybody could listen. */
export function judgeLoop({ turns, turn, quickTurnIds, botTurns }: LoopInput): LoopVerdict {
  const all = [...turns.map((known) => ({ ...known })), { ...turn, tools: [] }]
  let running = 0
  for (let at = all.length - 1; at >= 0; at -= 1) {
    const current = all[at]
    if (!current || current.tools.some(({ ok }) => ok)) break
    const before = all.slice(Math.max(0, at - lookBack), at)
    const words = toWords(current.text)
    const isRepeated =
      words.length >= minWords &&
      before.some(({ text }) => toWords(text).join(' ') === words.join(' '))
    if (!isRepeated && !quickTurnIds.has(current.turnId)) break
    running += 1
  }
  if (running >= botTurns) return 'end'
  return running === botTurns - askAhead ? 'ask-for-a-human' : 'go-on'
}

function toWords(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
}
