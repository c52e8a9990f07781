import type { Call } from '@trunkline/telephony'

/** A call that is up: answered, with its participant in the room. */
export interface LiveCall {
  /** `SCL_…` */
  readonly id: string
  readonly room: string
  readonly identity: string
  readonly call: Call
}

export type LookUp =
  | { readonly kind: 'live'; readonly live: LiveCall }
  /** Dialled or ringing, and not answered yet. */
  | { readonly kind: 'unanswered' }
  | { readonly kind: 'unknown' }

/** The calls of this gateway by their participants. */
export interface CallRegistry {
  /** Notes a participant whose call is not answered yet; the returned function forgets it. */
  expect(room: string, identity: string): () => void
  answered(live: LiveCall): void
  find(room: string, identity: string): LookUp
  readonly size: number
}

export function createCallRegistry(): CallRegistry {
  const calls = new Map<string, { live?: LiveCall }>()
  const keyOf = (room: string, identity: string) => JSON.stringify([room, identity])
  return {
    expect(room, identity) {
      const key = keyOf(room, identity)
      const entry = {}
      // A second call of one identity takes the first one's place, as it does in the room.
      calls.set(key, entry)
      return () => {
        if (calls.get(key) === entry) calls.delete(key)
      }
    },
    answered(live) {
      const entry = calls.get(keyOf(live.room, live.identity))
      if (entry) entry.live = live
    },
    find(room, identity) {
      const entry = calls.get(keyOf(room, identity))
      if (!entry) return { kind: 'unknown' }
      return entry.live ? { kind: 'live', live: entry.live } : { kind: 'unanswered' }
    },
    get size() {
      return calls.size
    },
  }
}
