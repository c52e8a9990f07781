import type { CallEvent, CallRecord, callQuery } from '@trunkline/contracts'
import type { z } from 'zod'
import type { Claim, ClaimRequest } from './claim.ts'
import type { StoredCall } from './stored-call.ts'

export type CallQuery = z.infer<typeof callQuery>

/** One event on its way into Redis; `snapshot` is taken when it is written, not when it happened. */
export interface StoreEntry {
  readonly callId: string
  readonly eventId: string
  readonly line: string
  readonly event: CallEvent
  readonly snapshot: () => Omit<StoredCall, 'schema'>
  readonly ttlSeconds: number
}

export interface StoredEvent {
  readonly id: string
  readonly event: CallEvent
}

/**
 * The live calls. Everything but `append` waits for Redis and throws `OrchestratorError('unavailable')` while
 * it is away.
 */
export interface CallStore {
  claim(request: Omit<ClaimRequest, 'holder'>): Promise<Claim>
  /** True while no other orchestrator has taken the call over. */
  isHolder(callId: string): Promise<boolean>
  /** Writes in the background, in order; never waits, never throws. */
  append(entry: StoreEntry): void
  read(callId: string): Promise<StoredCall | undefined>
  findByRoom(roomSid: string): Promise<string | undefined>
  list(query: CallQuery): Promise<{ calls: CallRecord[]; nextCursor?: string }>
  /** Events after `after`, oldest first, at most `limit`. */
  readEvents(callId: string, options: { after: string; limit: number }): Promise<StoredEvent[]>
  /** Calls `onChange` when events of the call have been written, by whatever replica. */
  watch(callId: string, onChange: () => void): () => void
  readonly isReady: boolean
  /** Waits until the store can be used, for `timeoutMs` at most; false when it still cannot. */
  becomeReady(options: { timeoutMs: number }): Promise<boolean>
  /** Writes what is waiting, for two seconds at most, and closes the connections. */
  close(): Promise<void>
}
