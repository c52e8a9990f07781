import type { CallRecord, TurnRecord } from '@trunkline/contracts'
import type { HistoryItem } from '../dialogue/dialogue.ts'

/** What the model is told of the call before `turnId`: the caller's words, tool results, and only what was played. */
export function toHistory(call: CallRecord, { before }: { before: string }): HistoryItem[] {
  const greeting = call.greetingHeard ?? call.greeting
  const history: HistoryItem[] = greeting === '' ? [] : [{ kind: 'agent', text: greeting }]
  for (const turn of call.turns) {
    if (turn.turnId === before) break
    // A superseded turn's words are part of the turn that replaced it.
    if (turn.state !== 'superseded') history.push({ kind: 'caller', text: turn.text })
    history.push(...toToolItems(turn))
    const text = playedText(turn)
    if (text !== '') history.push({ kind: 'agent', text })
  }
  return history
}

/** Results stay although their turn was interrupted: an effect that happened must be told. */
function toToolItems(turn: TurnRecord): HistoryItem[] {
  return turn.tools
    .filter((tool) => tool.result !== null)
    .map((tool, index) => ({
      kind: 'tool',
      toolCallId: tool.toolCallId ?? `${turn.turnId}-tool-${index}`,
      name: tool.name,
      arguments: tool.arguments,
      ok: tool.ok,
      result: tool.result,
    }))
}

function playedText(turn: TurnRecord): string {
  if (turn.heard !== undefined) return turn.heard
  // No report yet: of an interrupted turn nothing is certain, of any other everything will be played.
  return turn.interrupted || turn.state === 'superseded' ? '' : turn.reply
}
