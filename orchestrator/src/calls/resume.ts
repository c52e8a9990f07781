import type { CallRecord, Resume, SayRecord, TurnRecord } from '@trunkline/contracts'
import type { HistoryItem } from '../dialogue/dialogue.ts'
import { openActions } from './apply-action.ts'
import { toHistory } from './history.ts'

/** Its reply is still being made, or was when the process that made it died. */
export function isUnfinished(turn: TurnRecord | undefined): turn is TurnRecord {
  return turn?.state === 'processing' || turn?.state === 'speaking'
}

/** What a job that takes the call over has to know. */
export function toResume(record: CallRecord): Resume {
  const { activeAt, greetingHeard, expect = 'free', dtmf, turns } = record
  // Who was cut off in the greeting has not heard that an AI speaks: it is said again.
  const isGreeted = greetingHeard !== undefined || turns.length > 0
  const turn = toOpenTurn(record)
  const lastIndexPlayed = Math.max(
    -1,
    ...(turn?.says ?? []).flatMap(({ state, index }) => (state === 'played' ? [index] : [])),
  )
  return {
    active: activeAt !== undefined && isGreeted,
    history: toHistory(record, { before: '' }).flatMap((item) =>
      item.kind === 'caller' || item.kind === 'agent' ? [{ role: item.kind, text: item.text }] : [],
    ),
    expect,
    ...(dtmf === undefined ? {} : { dtmf }),
    ...(turn ? { turn: { turnId: turn.turnId, lastIndexPlayed } } : {}),
    turnsSeen: countTurns(turns),
    actions: openActions(record).map(({ actionId, action }) => ({ actionId, action })),
  }
}

export interface Missing {
  readonly turnId: string
  readonly says: readonly SayRecord[]
  /** Nothing follows: the reply is complete. */
  readonly isFinished: boolean
}

/**
 * The sentences a job has to be sent again, in order: those of the last turn and of prompts that have not been
 * played, less what this very job is known to have (`seq` up to `resumeFrom`).
 */
export function toMissing(
  record: CallRecord,
  { epoch, resumeFrom }: { epoch: number; resumeFrom: number },
): Missing[] {
  const isMissing = (say: SayRecord) =>
    say.state !== 'played' &&
    !(say.epoch === epoch && say.seq !== undefined && say.seq <= resumeFrom)
  const turn = toOpenTurn(record)
  const spoken = turn
    ? [
        {
          turnId: turn.turnId,
          says: (turn.says ?? []).filter(isMissing),
          isFinished: !isUnfinished(turn),
        },
      ]
    : []
  const since = record.turns.at(-1)?.receivedAt ?? 0
  const prompts = (record.prompts ?? [])
    .filter(({ heard, at }) => heard === undefined && at >= since)
    .map(({ turnId, says }) => ({ turnId, says: says.filter(isMissing), isFinished: true }))
  return [...spoken, ...prompts.filter(({ says }) => says.length > 0)]
}

/** What was said and done in a turn so far, in order: the model goes on behind it. */
export function toProgress({ turnId, says = [], tools }: TurnRecord): HistoryItem[] {
  const items: HistoryItem[] = []
  const done = tools.filter(({ result }) => result !== null)
  const addTools = (afterSays: number) => {
    for (const [index, tool] of done.entries()) {
      if ((tool.afterSays ?? 0) !== afterSays) continue
      const { name, ok, result, toolCallId = `${turnId}-tool-${index}` } = tool
      items.push({ kind: 'tool', toolCallId, name, arguments: tool.arguments, ok, result })
    }
  }
  addTools(0)
  for (const [index, { text, kind }] of says.entries()) {
    if (kind === 'reply') items.push({ kind: 'agent', text })
    addTools(index + 1)
  }
  return items
}

/** The last turn, unless it needs nothing more: called off, or heard to its end. */
function toOpenTurn({ turns }: CallRecord): TurnRecord | undefined {
  const turn = turns.at(-1)
  if (!turn || turn.heard !== undefined) return undefined
  if (turn.state === 'cancelled' || turn.state === 'superseded') return undefined
  const isSaid = (turn.says ?? []).every(({ state }) => state === 'played')
  return isUnfinished(turn) || !isSaid ? turn : undefined
}

/** Agents mint turn-1, turn-2 …: the highest number, or how many there were when their names are others. */
function countTurns(turns: readonly TurnRecord[]): number {
  const numbers = turns.map(({ turnId }) => Number(/^turn-(\d+)$/.exec(turnId)?.[1] ?? 0))
  return Math.max(turns.length, ...numbers)
}
