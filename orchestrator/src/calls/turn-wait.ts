import type { TurnMarkTimes, TurnWait, WaitPart } from '@trunkline/contracts'
import type { OwnMark } from './turn-marks.ts'

export type OwnMarkTimes = Readonly<Partial<Record<OwnMark, number>>>

export interface WaitOptions {
  /** First frame given to the room → the caller's ear; left out where nobody has measured it. */
  readonly transportOutMs?: number
  readonly channelRoundTripMs?: number
}

/** One thing that is waited for: from when to when it ran. Both on the agent's clock. */
interface Stretch {
  readonly part: WaitPart
  readonly from: number
  readonly until: number
  /** It came after the turn had been sent: nobody waited for it. */
  readonly wasLate?: boolean
}

/** Two clocks run at slightly different speeds; beyond this their times are of different things. */
const toleratedMs = 1

/**
 * What the caller waited for, so that the parts add up to the whole: from the last voiced sample on, each moment is
 * given to the first part in order that was not over yet. What a later part did meanwhile is told as hidden.
 *
 * The agent's times and ours come from different clocks, so only differences are used: ours are placed on the agent's
 * clock so that the channel takes equally long there and back. Undefined where the agent does not tell its moments.
 */
export function toTurnWait(
  agent: TurnMarkTimes,
  own: OwnMarkTimes,
  options: WaitOptions = {},
): TurnWait | undefined {
  const { 'turn-sent': turnSent, 'say-received': sayReceived, 'first-frame': firstFrame } = agent
  if (turnSent === undefined || sayReceived === undefined || firstFrame === undefined) {
    return undefined
  }
  const startAt = agent['speech-ended'] ?? turnSent
  const decidedAt = agent['endpoint-decided'] ?? agent['turn-confirmed'] ?? turnSent
  const finalAt = agent['final-received'] ?? startAt
  const sentAt = Math.max(turnSent, agent['turn-confirmed'] ?? turnSent)
  const pcmAt = agent['first-pcm'] ?? sayReceived
  const { transportOutMs, channelRoundTripMs } = options

  const stretches: Stretch[] = [
    { part: 'endpointing', from: startAt, until: decidedAt },
    { part: 'asr-final', from: startAt, until: finalAt, wasLate: finalAt > sentAt },
    { part: 'turn-sending', from: Math.min(sentAt, Math.max(decidedAt, finalAt)), until: sentAt },
    ...(placeOwn(agent, own, { turnSent, sayReceived }) ?? [
      { part: 'reply' as const, from: turnSent, until: sayReceived },
    ]),
    { part: 'tts', from: sayReceived, until: pcmAt },
    { part: 'playout', from: pcmAt, until: firstFrame },
  ]
  const parts = charge(stretches, { startAt, endAt: firstFrame })
  if (transportOutMs !== undefined) {
    parts.push({ part: 'transport-out', ms: transportOutMs, isEstimated: true })
  }
  return {
    wholeMs: firstFrame - startAt + (transportOutMs ?? 0),
    parts,
    ...(channelRoundTripMs !== undefined && { channelRoundTripMs }),
  }
}

/** Our stretches on the agent's clock; undefined where they do not fit between what it sent and what it got. */
function placeOwn(
  agent: TurnMarkTimes,
  own: OwnMarkTimes,
  { turnSent, sayReceived }: { turnSent: number; sayReceived: number },
): Stretch[] | undefined {
  const { 'turn-received': received, 'say-sent': saySent } = own
  if (received === undefined || saySent === undefined) return undefined
  // A reply that was held back until the turn was certain answers the confirmation, not the turn.
  const { 'turn-confirmed': confirmed } = agent
  const { 'confirm-received': confirmReceived } = own
  const answersConfirm =
    confirmed !== undefined && confirmReceived !== undefined && confirmReceived <= saySent
  const [askedAt, heardAt] = answersConfirm ? [confirmed, confirmReceived] : [turnSent, received]
  const channelMs = sayReceived - askedAt - (saySent - heardAt)
  if (channelMs < -toleratedMs) return undefined
  const half = Math.max(0, channelMs) / 2
  const place = (at: number) => Math.min(at + sayReceived - half - saySent, sayReceived)
  const begunAt = own.asked ?? received
  const tokenAt = own['first-token'] ?? begunAt
  const clauseAt = own['first-clause'] ?? tokenAt
  return [
    { part: 'channel', from: askedAt, until: place(heardAt) },
    { part: 'orchestrator', from: place(received), until: place(begunAt) },
    { part: 'llm-first-token', from: place(begunAt), until: place(tokenAt) },
    { part: 'llm-first-clause', from: place(tokenAt), until: place(clauseAt) },
    {
      part: 'say-sending',
      from: place(Math.max(clauseAt, answersConfirm ? heardAt : clauseAt)),
      until: place(saySent),
    },
    { part: 'channel', from: place(saySent), until: sayReceived },
  ]
}

/** Gives every moment from `startAt` to `endAt` to one part; the channel's two halves are told as one. */
function charge(
  stretches: readonly Stretch[],
  { startAt, endAt }: { startAt: number; endAt: number },
): TurnWait['parts'] {
  const charged = new Map<WaitPart, { ms: number; ranMs: number }>()
  let at = startAt
  for (const { part, from, until, wasLate = false } of stretches) {
    const upTo = wasLate ? at : Math.min(Math.max(at, until), endAt)
    const known = charged.get(part) ?? { ms: 0, ranMs: 0 }
    const ranMs = known.ranMs + Math.max(0, until - from)
    charged.set(part, { ms: known.ms + upTo - at, ranMs })
    at = upTo
  }
  return [...charged].map(([part, { ms, ranMs }]) => {
    const hiddenMs = ranMs - ms
    return { part, ms, ...(hiddenMs > roundingMs && { hiddenMs }) }
  })
}

/** Sums of fractions are off by less; nothing that short is worth telling. */
const roundingMs = 0.01
