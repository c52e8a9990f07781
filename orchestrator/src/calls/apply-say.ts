import type { CallEvent, CallEventOf, CallRecord, SayRecord } from '@trunkline/contracts'

/** The sentences after an event about one of them; the very same list when it changes none. */
export function applyToSays(
  says: readonly SayRecord[],
  event: CallEventOf<'say' | 'say-started' | 'say-finished'>,
): SayRecord[] {
  const at = says.findIndex(({ index }) => index === event.index)
  const known = says[at]
  switch (event.type) {
    case 'say':
      return known ? [...says] : [...says, toSay(event)]
    case 'say-started':
      return known?.state === 'sent' ? says.with(at, { ...known, state: 'started' }) : [...says]
    case 'say-finished':
      return known ? says.with(at, { ...known, state: 'played' }) : [...says]
    default:
      return event satisfies never
  }
}

function toSay({ type: _type, at: _at, turnId: _turnId, ...say }: CallEventOf<'say'>): SayRecord {
  return { ...say, state: 'sent' }
}

export function toText(says: readonly Pick<SayRecord, 'text'>[]): string {
  return says.map(({ text }) => text).join(' ')
}

/** What is said to no turn: a farewell, an operator's words. */
export function applyToPrompts(record: CallRecord, event: CallEvent): CallRecord {
  const { prompts = [] } = record
  if (event.type !== 'say' && event.type !== 'say-started' && event.type !== 'say-finished') {
    if (event.type !== 'heard') return record
    const at = prompts.findIndex(({ turnId }) => turnId === event.turnId)
    const prompt = prompts[at]
    return prompt
      ? { ...record, prompts: prompts.with(at, { ...prompt, heard: event.text }) }
      : record
  }
  const at = prompts.findIndex(({ turnId }) => turnId === event.turnId)
  const prompt = prompts[at]
  if (prompt) {
    const says = applyToSays(prompt.says, event)
    return { ...record, prompts: prompts.with(at, { ...prompt, says }) }
  }
  if (event.type !== 'say') return record
  const first = { turnId: event.turnId, at: event.at, says: applyToSays([], event) }
  return { ...record, prompts: [...prompts, first] }
}
