export interface SipLegs {
  note(room: string, identity: string): void
  get(room: string): string | undefined
  forget(room: string): void
}

/** Far above the calls one process has at once; the oldest goes first. */
const maxLegs = 20_000

/** Which participant of each room is its telephone. In memory only: an identity holds the caller's number. */
export function createSipLegs(): SipLegs {
  const identities = new Map<string, string>()
  return {
    note(room, identity) {
      identities.delete(room)
      identities.set(room, identity)
      const [oldest] = identities.keys()
      if (identities.size > maxLegs && oldest !== undefined) identities.delete(oldest)
    },
    get: (room) => identities.get(room),
    forget: (room) => void identities.delete(room),
  }
}
