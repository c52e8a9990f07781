import type { CallEvent, CallRecord } from '@trunkline/contracts'
import type { Metrics } from '../metrics.ts'
import type { AppendOutcome, CallStore, StoreEntry } from '../store/call-store.ts'
import { beforeFirst, nextEventId } from '../store/event-id.ts'
import { applyEvent, readTurnInput } from './apply-event.ts'
import { isOver, toCallInput, transitionCall } from './call-machine.ts'
import { type TurnPhase, transitionTurn } from './turn-machine.ts'

export interface Journal {
  readonly record: CallRecord
  readonly phase: TurnPhase
  readonly lastEventId: string
  /** Applies and stores an event. False when it is illegal in the call's state: then nothing has changed. */
  emit(event: CallEvent): boolean
  /**
   * Resolves when everything emitted so far is in Redis: true then, false when this process may write it no more.
   * Does not wait for a Redis that is away, nor longer than `timeoutMs`: resolves to undefined then, as nobody knows, and
   * the call goes on with what this process knows. Undefined when there is nothing to wait for.
   */
  stored(options: { timeoutMs: number }): Promise<boolean | undefined> | undefined
  /** True when Redis has everything emitted so far. */
  readonly isStored: boolean
  /** How many of the job's messages are handled in what Redis has; all, while Redis is away. */
  readonly handledInStore: number
  /** Writes the state again, for a Redis that may have lost it. */
  writeBack(): void
  /** Another process has the call: nothing is applied or stored from now on. */
  close(): void
}

export interface Lease {
  readonly epoch: number
  readonly token: number
  readonly jobId: string
  /** The job's messages whose handling is complete. */
  readonly handled: number
}

export interface JournalOptions {
  readonly record: CallRecord
  readonly lastEventId?: string
  readonly ttlSeconds: number
  readonly store: Pick<CallStore, 'append' | 'isHealthy'>
  readonly metrics: Pick<Metrics, 'event' | 'illegalTransition'>
  /** Job, epoch and token as they are now. */
  readonly lease: () => Lease
  readonly now: () => number
  /** Told of every event that was applied, with the call as it is after it. */
  readonly onEvent?: (call: CallRecord, event: CallEvent) => void
  /** Called once, when a write was refused because another process holds the call. */
  readonly onFenced?: () => void
}

/** The one place where a call changes: event by event, in memory first, in Redis behind it. */
export function createJournal(options: JournalOptions): Journal {
  const { ttlSeconds, store, metrics, lease, now, onFenced, onEvent } = options
  let { record, lastEventId = beforeFirst } = options
  /** Counts of what the store has taken, and of what it has written of that, in the same order. */
  let taken = 0
  let written = 0
  let isClosed = false
  let handledInStore = 0
  /** By how much has to be written for each. */
  const waiters = new Map<(isOurs: boolean | undefined) => void, number>()

  const settle = (outcome: AppendOutcome, handled: number) => {
    if (outcome === 'dropped') taken -= 1
    else written += 1
    if (isClosed) return
    if (outcome === 'fenced') {
      close()
      onFenced?.()
      return
    }
    handledInStore = Math.max(handledInStore, handled)
    for (const [resolve, upTo] of waiters) if (written >= upTo) resolve(true)
  }
  const append = (event: CallEvent | undefined) => {
    const { id: callId, line } = record
    const [call, eventId, then] = [record, lastEventId, lease()]
    let handled = then.handled
    const snapshot: StoreEntry['snapshot'] = () => {
      // Nothing has happened since: then every message handled until now is in this state.
      const current = eventId === lastEventId ? lease() : then
      handled = current.handled
      return { ...current, call, lastEventId: eventId }
    }
    taken += 1
    const onOutcome = (outcome: AppendOutcome) => settle(outcome, handled)
    store.append({ callId, eventId, line, event, snapshot, ttlSeconds, onOutcome })
  }
  const close = () => {
    isClosed = true
    for (const resolve of waiters.keys()) resolve(false)
  }

  return {
    get record() {
      return record
    },
    get phase() {
      return record.phase ?? 'idle'
    },
    get lastEventId() {
      return lastEventId
    },
    emit(event) {
      if (isClosed) return false
      const input = toCallInput(event)
      const isIllegal = input !== undefined && transitionCall(record.state, input) === undefined
      if (isIllegal || isOver(record.state)) {
        metrics.illegalTransition('call')
        return false
      }
      const phase = record.phase ?? 'idle'
      record = applyEvent(record, event)
      const turnInput = readTurnInput(record, event)
      if (turnInput !== undefined && transitionTurn(phase, turnInput) === undefined) {
        metrics.illegalTransition('turn')
      }
      lastEventId = nextEventId(lastEventId, now())
      append(event)
      metrics.event(event.type)
      onEvent?.(record, event)
      return true
    },
    stored({ timeoutMs }) {
      if (isClosed) return Promise.resolve(false)
      if (written === taken || !store.isHealthy) return undefined
      return new Promise((resolve) => {
        const timer = setTimeout(() => settleWaiter(undefined), timeoutMs)
        const settleWaiter = (isOurs: boolean | undefined) => {
          clearTimeout(timer)
          waiters.delete(settleWaiter)
          resolve(isOurs)
        }
        waiters.set(settleWaiter, taken)
      })
    },
    get isStored() {
      return !isClosed && written === taken
    },
    get handledInStore() {
      if (written === taken || !store.isHealthy) return lease().handled
      return handledInStore
    },
    writeBack() {
      if (!isClosed) append(undefined)
    },
    close,
  }
}
