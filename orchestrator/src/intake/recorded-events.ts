import type { CallStore } from '../store/call-store.ts'
import { beforeFirst } from '../store/event-id.ts'
import type { ExternalEvent } from './to-call-event.ts'

const pageSize = 500

/** Events from outside that a call has on record, oldest first. @throws when Redis is away */
export async function* streamRecorded(
  callId: string,
  store: Pick<CallStore, 'readEvents'>,
): AsyncGenerator<ExternalEvent> {
  for (let after = beforeFirst; ; ) {
    const events = await store.readEvents(callId, { after, limit: pageSize })
    for (const { event } of events) {
      if (event.type === 'external-event' || event.type === 'external-transcript') yield event
    }
    const last = events.at(-1)
    if (!last || events.length < pageSize) return
    after = last.id
  }
}

/** What tells one event from outside from all others of its call. */
export function toKey({ source, eventId }: ExternalEvent): string {
  return `${source} ${eventId}`
}
