import { callEvent } from '@trunkline/contracts'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import type { AppendLate } from '../store/append-late.ts'
import { keys } from '../store/keys.ts'
import { acceptScript, moveScript, tidyScript } from './inbox-scripts.ts'
import type { ExternalEvent } from './to-call-event.ts'

/** Events from outside on their way to a call: in Redis, so that none is lost and any replica may hold the call. */
export interface Inbox {
  /** @throws when Redis is away: nothing was taken */
  accept(event: ExternalEvent, target: IntakeTarget): Promise<AcceptOutcome>
  /** Inboxes that have something in them. */
  pending(): Promise<readonly InboxName[]>
  /** The oldest entries of a call's inbox. */
  read(callId: string): Promise<readonly InboxEntry[]>
  remove(callId: string, entryIds: readonly string[]): Promise<void>
  /** The call of a room has come: its events move there. */
  moveToCall(roomSid: string, callId: string): Promise<void>
  /**
   * Puts the events of a call that no process changes any more on its record, but for those that are there: their
   * process had no time to remove them. How many there were.
   */
  settle(call: {
    readonly callId: string
    readonly line: string
    readonly isRecorded: (event: ExternalEvent) => boolean
  }): Promise<number>
  /** True when the inbox is empty, and forgotten. */
  tidy(name: InboxName): Promise<boolean>
}

/** `isKnown`: this process holds the call, so Redis need not be asked for it. */
export type IntakeTarget =
  | { readonly kind: 'call'; readonly callId: string; readonly isKnown: boolean }
  | { readonly kind: 'room'; readonly roomSid: string }

export type AcceptOutcome = 'accepted' | 'duplicate' | 'unknown-call' | 'full'
export type InboxName = { readonly kind: 'call' | 'room'; readonly id: string }

export interface InboxEntry {
  readonly entryId: string
  /** Undefined for what another version wrote. */
  readonly event: ExternalEvent | undefined
}

export interface InboxDeps {
  readonly redis: Redis
  readonly appendLate: AppendLate
}

export const intakeChannel = 'intake'
const inboxesKey = 'intake:inboxes'
const toKey = ({ kind, id }: InboxName) => `intake:${kind}:${id}`
const toText = ({ kind, id }: InboxName) => `${kind}:${id}`

const idSeconds = 86_400
/** A call that stays away for so long is not coming any more. */
const roomSeconds = 30
const callSeconds = 3600
const maxEntries = 1000
const readAtOnce = 200

const outcome = z.enum(['accepted', 'duplicate', 'unknown-call', 'full'])
const storedEntry = z.object({ event: z.string() })

export function createInbox({ redis, appendLate }: InboxDeps): Inbox {
  const read: Inbox['read'] = async (callId) => {
    const key = toKey({ kind: 'call', id: callId })
    const rows = await redis.xrange(key, '-', '+', 'COUNT', readAtOnce)
    return rows.map(([entryId, [, json = '']]) => ({ entryId, event: readEvent(json) }))
  }
  const remove: Inbox['remove'] = async (callId, entryIds) => {
    if (entryIds.length > 0) await redis.xdel(toKey({ kind: 'call', id: callId }), ...entryIds)
  }
  const tidy: Inbox['tidy'] = async (name) => {
    const left = await redis.eval(tidyScript, 2, toKey(name), inboxesKey, toText(name))
    return Number(left) === 0
  }
  return {
    read,
    remove,
    tidy,
    async accept(event, target) {
      const name: InboxName =
        target.kind === 'call'
          ? { kind: 'call', id: target.callId }
          : { kind: 'room', id: target.roomSid }
      const needsProof = target.kind === 'call' && !target.isKnown
      const answer = await redis.eval(
        acceptScript,
        4,
        `intake:id:${event.source}:${event.eventId}`,
        toKey(name),
        inboxesKey,
        needsProof ? keys.call(name.id) : inboxesKey,
        JSON.stringify({ event: JSON.stringify(event) }),
        toText(name),
        idSeconds,
        name.kind === 'call' ? callSeconds : roomSeconds,
        maxEntries,
        needsProof ? '1' : '0',
        intakeChannel,
      )
      return outcome.parse(answer)
    },
    async pending() {
      return (await redis.smembers(inboxesKey)).map(readName)
    },
    async moveToCall(roomSid, callId) {
      const from: InboxName = { kind: 'room', id: roomSid }
      const to: InboxName = { kind: 'call', id: callId }
      const names = [toText(from), toText(to), callSeconds, intakeChannel]
      await redis.eval(moveScript, 3, toKey(from), toKey(to), inboxesKey, ...names, idSeconds)
    },
    async settle({ callId, line, isRecorded }) {
      const name: InboxName = { kind: 'call', id: callId }
      const stream = toKey(name)
      let count = 0
      for (let rows = await read(callId); rows.length > 0; rows = await read(callId)) {
        for (const { entryId, event } of rows) {
          if (!event || isRecorded(event)) {
            await remove(callId, [entryId])
            continue
          }
          const outcome = await appendLate({ callId, line, event, waiting: { stream, entryId } })
          if (outcome === 'written') count += 1
        }
      }
      await tidy(name)
      return count
    },
  }
}

/** The name as it is published and kept in the set. */
export function readName(text: string): InboxName {
  const colon = text.indexOf(':')
  return { kind: text.startsWith('room:') ? 'room' : 'call', id: text.slice(colon + 1) }
}

function readEvent(json: string): ExternalEvent | undefined {
  const entry = storedEntry.safeParse(JSON.parse(json))
  const event = entry.success ? callEvent.safeParse(JSON.parse(entry.data.event)) : undefined
  if (!event?.success) return undefined
  const { data } = event
  return data.type === 'external-event' || data.type === 'external-transcript' ? data : undefined
}
