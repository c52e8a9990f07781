import type { Finding } from './compare-rooms.ts'

/** Looks in a row that must agree before something is ended. */
const needed = 2
/** A call that nobody could take over in this many looks is ended. */
const neededUnserved = 5

export interface Confirmed {
  readonly finding: Finding
  /** In how many looks in a row it was there, this one included. */
  readonly times: number
}

/**
 * Lists of rooms and of calls are not of one moment, so a single look proves nothing. Gives the findings that
 * were there in two looks, and again in every second one that they stay; `room-unserved` comes every time, since it
 * only tells somebody to look.
 */
export function createConfirmation(): (findings: readonly Finding[]) => readonly Confirmed[] {
  let before = new Map<string, number>()
  return (findings) => {
    const times = new Map<string, number>()
    const confirmed = findings.flatMap((finding): Confirmed[] => {
      const key = `${finding.kind} ${finding.room.sid}`
      const count = (before.get(key) ?? 0) + 1
      times.set(key, count)
      if (finding.kind === 'room-unserved') return [{ finding, times: count }]
      return isConfirmed({ finding, times: count }) ? [{ finding, times: count }] : []
    })
    before = times
    return confirmed
  }
}

/** True in the look in which it is first sure, and in every second one after. */
export function isConfirmed({ times }: Confirmed): boolean {
  return times % needed === 0
}

/** True when a caller has been left alone for too long to be helped by waiting. */
export function isAbandoned({ finding, times }: Confirmed): boolean {
  return finding.kind === 'room-unserved' && finding.callId !== undefined && times >= neededUnserved
}
