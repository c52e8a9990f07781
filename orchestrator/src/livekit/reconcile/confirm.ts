import type { Finding } from './compare-rooms.ts'

/** Looks in a row that must agree before something is ended. */
const needed = 2
/** A call that nobody could take over for so long is ended, if as many looks have tried. */
const abandonedMs = 15_000
const neededUnserved = 5

export interface Confirmed {
  readonly finding: Finding
  /** In how many looks in a row it was there, this one included. */
  readonly times: number
  /** Milliseconds since the first of them. */
  readonly forMs: number
}

interface Seen {
  readonly times: number
  readonly since: number
}

/**
 * Lists of rooms and of calls are not of one moment, so a single look proves nothing. Gives the findings that
 * were there in two looks, and again in every second one that they stay; `room-unserved` comes every time, since it
 * only tells somebody to look.
 *
 * @param at when the look was taken, in milliseconds
 */
export function createConfirmation(): (
  findings: readonly Finding[],
  at: number,
) => readonly Confirmed[] {
  let before = new Map<string, Seen>()
  return (findings, at) => {
    const seen = new Map<string, Seen>()
    const confirmed = findings.flatMap((finding): Confirmed[] => {
      const key = `${finding.kind} ${finding.room.sid}`
      const { times, since } = before.get(key) ?? { times: 0, since: at }
      seen.set(key, { times: times + 1, since })
      const one = { finding, times: times + 1, forMs: at - since }
      return finding.kind === 'room-unserved' || isConfirmed(one) ? [one] : []
    })
    before = seen
    return confirmed
  }
}

/** True in the look in which it is first sure, and in every second one after. */
export function isConfirmed({ times }: Confirmed): boolean {
  return times % needed === 0
}

/** True when a caller has been left alone for too long to be helped by waiting. */
export function isAbandoned({ finding, times, forMs }: Confirmed): boolean {
  if (finding.kind !== 'room-unserved' || finding.callId === undefined) return false
  return times >= neededUnserved && forMs >= abandonedMs
}
