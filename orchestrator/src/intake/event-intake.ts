import type { CallRegistry } from '../calls/call-registry.ts'
import type { AcceptOutcome, Inbox } from './inbox.ts'
import type { ExternalEvent } from './to-call-event.ts'

export interface EventTarget {
  readonly callId?: string | undefined
  readonly roomSid?: string | undefined
}

/** The door for events from outside. */
export interface EventIntake {
  /** `full` when too many are at the door, or wait for this call. @throws when Redis is away: nothing was taken */
  accept(event: ExternalEvent, target: EventTarget): Promise<AcceptOutcome>
}

export interface EventIntakeDeps {
  readonly inbox: Pick<Inbox, 'accept'>
  readonly registry: Pick<CallRegistry, 'get' | 'findByRoom'>
  readonly onOutcome: (outcome: AcceptOutcome) => void
}

/** Requests that wait for Redis at a time: a second of the fastest senders. */
const maxAtTheDoor = 2000

export function createEventIntake({ inbox, registry, onOutcome }: EventIntakeDeps): EventIntake {
  let atTheDoor = 0

  const toTarget = ({ callId, roomSid = '' }: EventTarget) => {
    const id = callId ?? registry.findByRoom(roomSid)?.id
    if (id === undefined) return { kind: 'room', roomSid } as const
    return { kind: 'call', callId: id, isKnown: registry.get(id) !== undefined } as const
  }
  const take = async (event: ExternalEvent, target: EventTarget): Promise<AcceptOutcome> => {
    if (atTheDoor >= maxAtTheDoor) return 'full'
    atTheDoor += 1
    try {
      return await inbox.accept(event, toTarget(target))
    } finally {
      atTheDoor -= 1
    }
  }

  return {
    async accept(event, target) {
      const outcome = await take(event, target)
      onOutcome(outcome)
      return outcome
    },
  }
}
