import type { ActionRecord, CallEventOf, CallRecord } from '@trunkline/contracts'

/** Finished actions beyond these are forgotten by the state; the stream has them all. */
const rememberedResults = 16

/** An action leaves its mark on the call when it is asked for: what was meant holds for the next job too. */
export function applyAction(record: CallRecord, event: CallEventOf<'action'>): CallRecord {
  const { actionId, at, action } = event
  const { actions = [] } = record
  if (!action || actions.some((known) => known.actionId === actionId)) return record
  const next = { ...record, actions: [...actions, { actionId, at, action }] }
  switch (action.kind) {
    case 'expect':
      return { ...next, expect: action.expect }
    case 'mute':
    case 'take-over':
      return { ...next, muted: true }
    case 'unmute':
      return { ...next, muted: false }
    default:
      return next
  }
}

export function applyActionResult(
  record: CallRecord,
  { actionId, ok, code }: CallEventOf<'action-finished'>,
): CallRecord {
  const { actions = [] } = record
  const at = actions.findIndex((known) => known.actionId === actionId)
  const action = actions[at]
  if (!action || action.result) return record
  const result = { ok, ...(code === undefined ? {} : { code }) }
  return { ...record, actions: trim(actions.with(at, { ...action, result })) }
}

/** What the agent still has to do or to answer. A whisper is not for it, and of a take-over it only goes mute. */
export function openActions(record: CallRecord): ActionRecord[] {
  return (record.actions ?? []).flatMap((known): ActionRecord[] => {
    if (known.result || known.action.kind === 'whisper') return []
    return known.action.kind === 'take-over' ? [{ ...known, action: { kind: 'mute' } }] : [known]
  })
}

function trim(actions: ActionRecord[]): ActionRecord[] {
  let surplus = actions.filter(({ result }) => result).length - rememberedResults
  return actions.filter(({ result }) => {
    if (!result || surplus <= 0) return true
    surplus -= 1
    return false
  })
}
