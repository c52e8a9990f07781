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
    case 'expect': {
      const { dtmf: _entry, ...rest } = next
      const { expect, dtmf } = action
      return { ...rest, expect, ...(dtmf === undefined ? {} : { dtmf }) }
    }
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
  const next = { ...record, actions: actions.with(at, { ...action, result }) }
  return { ...next, actions: trim(next.actions, { kept: toMuting(next) }) }
}

/** The action by which the agent was last told to be quiet, while that holds. */
function toMuting({ muted, actions = [] }: CallRecord): ActionRecord | undefined {
  if (!muted) return undefined
  return actions.findLast(({ action }) => action.kind === 'mute' || action.kind === 'take-over')
}

/**
 * What the agent still has to do or to answer. A whisper is not for it, and of a take-over it only goes mute: as long
 * as a human has the call, every job that comes is told so.
 */
export function openActions(record: CallRecord): ActionRecord[] {
  const muting = toMuting(record)
  return (record.actions ?? []).flatMap((known): ActionRecord[] => {
    if ((known.result && known !== muting) || known.action.kind === 'whisper') return []
    return known.action.kind === 'take-over' ? [{ ...known, action: { kind: 'mute' } }] : [known]
  })
}

function trim(
  actions: ActionRecord[],
  { kept }: { kept: ActionRecord | undefined },
): ActionRecord[] {
  let surplus = actions.filter(({ result }) => result).length - rememberedResults
  return actions.filter((known) => {
    if (!known.result || known === kept || surplus <= 0) return true
    surplus -= 1
    return false
  })
}
