import type { CallEvent, CallRecord, callQuery } from '@trunkline/contracts'
import type { z } from 'zod'
import type { Claim, ClaimRequest } from './claim.ts'
import type { StoredCall } from './stored-call.ts'

export type CallQuery = z.infer<typeof callQuery>

/**
 * `fenced`: another process holds the call, and nothing was written. `dropped`: lost, as too much waits for Redis.
 */
export type AppendOutcome = 'written' | 'fenced' | 'dropped'

/** One event on its way into Redis, and the state after it. */
export interface StoreEntry {
  readonly callId: string
  readonly eventId: string
  readonly line: string
  /** Undefined when nothing has happened and only the state is to be written again. */
  readonly event: CallEvent | undefined
  /** The state after this event; how much of the job's messages is in it is looked up when it is written. */
  readonly snapshot: () => Omit<StoredCall, 'schema'>
  readonly ttlSeconds: number
  readonly onOutcome?: (outcome: AppendOutcome) => void
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
  /** Name of this process in the leases. */
  readonly holder: string
  claim(request: Omit<ClaimRequest, 'holder'>): Promise<Claim>
  /** Takes over a call whose process is gone, before a job of it has come back; undefined when it is not kept. */
  adopt(callId: string): Promise<Claim | undefined>
  /**
   * The same to write nothing but the call's end. Fences everybody, this process and any other that is closing the
   * call too, so what is read after it stays true until it is written.
   */
  adoptToClose(callId: string): Promise<Claim | undefined>
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
  /** False while writes fail: nobody should wait for one then. */
  readonly isHealthy: boolean
  /** Another process has taken the lease of a call from this one. One listener. */
  onTaken(listener: (callId: string, token: number) => void): void
  /** Redis is back after it was away, perhaps without what it knew. One listener. */
  onBack(listener: () => void): void
  /** Waits until the store can be used, for `timeoutMs` at most; false when it still cannot. */
  becomeReady(options: { timeoutMs: number }): Promise<boolean>
  /** Writes what is waiting, for two seconds at most, and closes the connections. */
  close(): Promise<void>
}
