import type { ActionRecord, CallAction, CallEventOf, CallRecord } from '@trunkline/contracts'

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
    case 'hold':
      return { ...next, onHold: true }
    case 'unhold':
      return { ...next, onHold: false }
    case 'set-language':
      return { ...next, language: action.language }
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
  const told = { ...record, actions: actions.with(at, { ...action, result }) }
  const next = ok ? told : withdraw(told, action)
  return { ...next, actions: trim(next.actions ?? [], { kept: toLasting(next) }) }
}

/** What the agent could not do does not hold for the next job either. */
function withdraw(record: CallRecord, { action }: ActionRecord): CallRecord {
  if (action.kind === 'hold') return { ...record, onHold: false }
  if (action.kind !== 'set-language' || record.language !== action.language) return record
  const { language: _refused, ...rest } = record
  return rest
}

/** The actions that every job is told as long as they hold: go quiet, play music, listen in this language. */
function toLasting({ muted, onHold, language, actions = [] }: CallRecord): Set<ActionRecord> {
  const last = (...kinds: readonly CallAction['kind'][]) =>
    actions.findLast(({ action }) => kinds.includes(action.kind))
  const lasting = [
    ...(muted ? [last('mute', 'take-over')] : []),
    ...(onHold ? [last('hold')] : []),
    ...(language === undefined ? [] : [last('set-language')]),
  ]
  return new Set(lasting.filter((action) => action !== undefined))
}

/** What is no job's: a whisper is for the dialogue, and transfers are made from here. */
const notForAgents: ReadonlySet<CallAction['kind']> = new Set(['whisper', 'transfer'])

/**
 * What the agent still has to do or to answer. Of a take-over it only goes mute: as long as a human has the call, every
 * job that comes is told so.
 */
export function openActions(record: CallRecord): ActionRecord[] {
  const lasting = toLasting(record)
  return (record.actions ?? []).flatMap((known): ActionRecord[] => {
    if ((known.result && !lasting.has(known)) || notForAgents.has(known.action.kind)) return []
    return known.action.kind === 'take-over' ? [{ ...known, action: { kind: 'mute' } }] : [known]
  })
}

function trim(
  actions: ActionRecord[],
  { kept }: { kept: ReadonlySet<ActionRecord> },
): ActionRecord[] {
  let surplus = actions.filter(({ result }) => result).length - rememberedResults
  return actions.filter((known) => {
    if (!known.result || kept.has(known) || surplus <= 0) return true
    surplus -= 1
    return false
  })
}
