/**
 * What must hold of a call, written down from design sections 3 and 4 alone: nothing here comes from the product.
 */

/** One event of the call's stream, as it lies in Redis. */
export interface SeenEvent {
  readonly type: string
  readonly turnId?: string | undefined
  readonly index?: number | undefined
  readonly text?: string | undefined
  readonly reason?: string | undefined
  readonly digit?: string | undefined
}

export interface ExpectedTurn {
  readonly turnId: string
  readonly sentences: number
  /** False where the caller spoke over it or went on: then any beginning of the reply will do. */
  readonly isWhole: boolean
}

/** What the test did and saw from outside. */
export interface Observed {
  readonly callIds: ReadonlySet<string>
  /** Epochs of the jobs in the order in which they were welcomed. */
  readonly epochs: readonly number[]
  readonly turns: readonly ExpectedTurn[]
  /** Digits in the order in which the caller pressed them. */
  readonly digits: readonly string[]
  /** Sentences in the order in which they were played, over all jobs. */
  readonly played: readonly { turnId: string; index: number; text: string }[]
  /** One number with two texts. */
  readonly conflicts: readonly string[]
  /** Sentences that came before they were in the call's stream. */
  readonly unstored: readonly string[]
  readonly unacknowledged: number
  readonly callsInRoom: number
  readonly isRoomLeft: boolean
  readonly finalState: string | undefined
  readonly finalReason: string | undefined
  /** Steps that came to nothing in time. */
  readonly timedOut: readonly string[]
  /** Jobs that were killed, and jobs that came. */
  readonly killedJobs: number
  readonly jobs: number
  /** Keys of this call without a TTL. */
  readonly endless: readonly string[]
}

const callStates: Readonly<Record<string, readonly string[]>> = {
  'call-created': ['none'],
  'call-ringing': ['created'],
  'call-active': ['created', 'ringing'],
  'call-held': ['active'],
  'call-resumed': ['held'],
  'call-ending': ['created', 'ringing', 'active', 'held', 'transferring', 'bridged'],
  'call-ended': ['ending'],
}
const next: Readonly<Record<string, string>> = {
  'call-created': 'created',
  'call-ringing': 'ringing',
  'call-active': 'active',
  'call-held': 'held',
  'call-resumed': 'active',
  'call-ending': 'ending',
  'call-ended': 'over',
}

/** Everything that is wrong with a call, in words; empty when nothing is. */
export function findFaults(observed: Observed, events: readonly SeenEvent[]): string[] {
  return [
    ...observed.timedOut.map((step) => `nothing came of: ${step}`),
    ...statesOf(events),
    ...endOf(observed, events),
    ...turnsOf(observed, events),
    ...playedOf(observed),
    ...oneCallOf(observed),
    ...observed.conflicts.map((key) => `two texts under one number: ${key}`),
    ...observed.unstored.map((key) => `sent before it was stored: ${key}`),
    ...observed.endless.map((key) => `left without a TTL: ${key}`),
    ...(observed.unacknowledged > 0
      ? [`${observed.unacknowledged} messages never acknowledged`]
      : []),
    ...(observed.isRoomLeft ? ['the room is still there'] : []),
    ...digitsOf(observed, events),
    ...(observed.jobs > observed.killedJobs + 1
      ? [`${observed.jobs} jobs though only ${observed.killedJobs} were killed`]
      : []),
  ]
}

function statesOf(events: readonly SeenEvent[]): string[] {
  let state = 'none'
  const faults: string[] = []
  for (const { type } of events) {
    const from = callStates[type]
    if (!from) continue
    if (!from.includes(state)) faults.push(`${type} while ${state}`)
    state = next[type] ?? state
  }
  return faults
}

function endOf({ finalState, finalReason }: Observed, events: readonly SeenEvent[]): string[] {
  const ends = events.filter(({ type }) => type === 'call-ended')
  const faults: string[] = []
  if (ends.length !== 1) faults.push(`${ends.length} ends`)
  if (finalState !== 'ended' && finalState !== 'failed') faults.push(`left ${finalState}`)
  if (finalReason === undefined) faults.push('no end reason')
  else if (ends[0] && ends[0].reason !== finalReason) faults.push('two end reasons')
  return faults
}

function turnsOf({ turns }: Observed, events: readonly SeenEvent[]): string[] {
  const faults: string[] = []
  const known = new Set(turns.map(({ turnId }) => turnId))
  const received = events.filter(({ type }) => type === 'turn-received').map(({ turnId }) => turnId)
  if (new Set(received).size !== received.length) faults.push('a turn was taken twice')
  for (const turnId of received) {
    if (turnId === undefined || !known.has(turnId)) faults.push(`a turn nobody said: ${turnId}`)
  }
  for (const { turnId } of turns) {
    const says = events.filter((event) => event.type === 'say' && event.turnId === turnId)
    const order = says.map(({ index }) => index)
    if (order.some((index, at) => index !== at)) {
      faults.push(`sentences of ${turnId} stored as ${order.join(' ')}`)
    }
  }
  return faults
}

function playedOf({ turns, played }: Observed): string[] {
  const faults: string[] = []
  for (const { turnId, sentences, isWhole } of turns) {
    const order = played.filter((one) => one.turnId === turnId).map(({ index }) => index)
    if (order.some((index, at) => index !== at)) {
      faults.push(`${turnId} was heard as ${order.join(' ')}`)
    } else if (isWhole && order.length !== sentences) {
      faults.push(`${turnId} was heard ${order.length} of ${sentences}`)
    }
  }
  return faults
}

function oneCallOf({ callIds, callsInRoom, epochs }: Observed): string[] {
  const faults: string[] = []
  if (callIds.size !== 1) faults.push(`${callIds.size} calls for one room`)
  if (callsInRoom !== 1) faults.push(`${callsInRoom} calls of the room are listed`)
  if (epochs.some((epoch, at) => at > 0 && epoch <= (epochs[at - 1] ?? 0))) {
    faults.push(`epochs ${epochs.join(' ')}`)
  }
  return faults
}

function digitsOf({ digits }: Observed, events: readonly SeenEvent[]): string[] {
  const stored = events.filter(({ type }) => type === 'dtmf').map(({ digit }) => digit)
  return stored.join('') === digits.join('')
    ? []
    : [`digits ${digits.join('')} are stored as ${stored.join('')}`]
}
