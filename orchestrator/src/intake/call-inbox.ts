import type { CallEventOf } from '@trunkline/contracts'
import type { CallSession } from '../calls/session.ts'
import type { CallStore } from '../store/call-store.ts'
import type { Inbox, InboxEntry } from './inbox.ts'
import { streamRecorded, toKey } from './recorded-events.ts'
import { createSequencer, type Sequencer } from './sequencer.ts'
import type { ExternalEvent } from './to-call-event.ts'

export interface CallInboxDeps {
  readonly inbox: Pick<Inbox, 'read' | 'remove'>
  readonly store: Pick<CallStore, 'readEvents'>
  /** A final transcript is on record. */
  readonly onTranscript: (transcript: ExternalTranscript) => void
  readonly onOutcome: (outcome: 'recorded' | 'duplicate' | 'gap' | 'late') => void
  /** Monotonic milliseconds. */
  readonly now: () => number
  readonly gapMs: number
}

/** A final transcript of another recogniser's, for whoever wants to know what was meant by it. */
export interface ExternalTranscript
  extends Pick<CallEventOf<'external-transcript'>, 'speaker' | 'text' | 'language'> {
  readonly callId: string
}

/** What comes in from outside for one call of this process. */
export interface CallInbox {
  /** Records what is due. Gives the milliseconds until more is due by itself. @throws when Redis is away */
  drain(session: CallSession): Promise<number | undefined>
}

type SourcedEntry = InboxEntry & { readonly event: ExternalEvent }

const storedTimeoutMs = 2000

export function createCallInbox(callId: string, deps: CallInboxDeps): CallInbox {
  const { inbox, store, onTranscript, onOutcome, now, gapMs } = deps
  const sequencers = new Map<string, Sequencer<SourcedEntry>>()
  /** Entries that wait in a sequencer, or are on record and not yet removed. */
  const seen = new Set<string>()
  /** Those on record that are not yet removed. */
  const done = new Set<string>()
  /** `source id` of what is on record. */
  let recorded: Set<string> | undefined
  const nextOf = new Map<string, number>()

  /** Another process may have recorded an entry and died before it removed it. */
  const readRecorded = async () => {
    const found = new Set<string>()
    for await (const event of streamRecorded(callId, store)) {
      found.add(toKey(event))
      const next = Math.max(nextOf.get(event.source) ?? 1, (event.sequence ?? 0) + 1)
      nextOf.set(event.source, next)
    }
    return found
  }
  const sequencerOf = (source: string) => {
    const known = sequencers.get(source)
    if (known) return known
    const next = nextOf.get(source) ?? 1
    const made = createSequencer<SourcedEntry>({ gapMs, now, next, onDisorder: onOutcome })
    sequencers.set(source, made)
    return made
  }
  const record = (session: CallSession, event: ExternalEvent) => {
    if (recorded?.has(toKey(event))) {
      onOutcome('duplicate')
      return true
    }
    if (!session.put(event)) return false // the call is over: what is left is settled without it
    recorded?.add(toKey(event))
    onOutcome('recorded')
    if (event.type === 'external-transcript' && event.isFinal) {
      const { speaker, text, language } = event
      onTranscript({ callId, speaker, text, language })
    }
    return true
  }

  return {
    async drain(session) {
      recorded ??= await readRecorded()
      for (const entry of await inbox.read(callId)) {
        if (seen.has(entry.entryId)) continue
        const { event, entryId } = entry
        seen.add(entryId)
        if (event) sequencerOf(event.source).add({ ...entry, event }, event.sequence)
        else done.add(entryId)
      }
      for (const sequencer of sequencers.values()) {
        for (const { entryId, event } of sequencer.take()) {
          if (record(session, event)) done.add(entryId)
        }
      }
      // Not before they are in the call's stream: another process would not find them.
      const removable = [...done]
      const isStored = (await session.stored({ timeoutMs: storedTimeoutMs })) ?? session.isStored
      if (isStored) {
        await inbox.remove(callId, removable)
        for (const entryId of removable) {
          done.delete(entryId)
          seen.delete(entryId)
        }
      }
      const waits = [...sequencers.values()].flatMap(({ waitMs }) => waitMs ?? [])
      return waits.length === 0 ? undefined : Math.min(...waits)
    },
  }
}
