import type { CallEvent, CallRecord } from '@trunkline/contracts'
import type { Metrics } from '../metrics.ts'
import type { CallStore, StoreEntry } from '../store/call-store.ts'
import { beforeFirst, nextEventId } from '../store/event-id.ts'
import { applyEvent } from './apply-event.ts'
import { isOver, toCallInput, transitionCall } from './call-machine.ts'
import { type TurnPhase, toTurnInput, transitionTurn } from './turn-machine.ts'

export interface Journal {
  readonly record: CallRecord
  readonly phase: TurnPhase
  readonly lastEventId: string
  /** Applies and stores an event. False when it is illegal in the call's state: then nothing has changed. */
  emit(event: CallEvent): boolean
}

export interface JournalOptions {
  readonly record: CallRecord
  readonly lastEventId?: string
  readonly phase?: TurnPhase
  readonly ttlSeconds: number
  readonly store: Pick<CallStore, 'append'>
  readonly metrics: Pick<Metrics, 'event' | 'illegalTransition'>
  /** Job and epoch as they are when the state is written. */
  readonly lease: () => { epoch: number; jobId: string; handled: number }
  readonly now: () => number
}

/** The one place where a call changes: event by event, in memory first, in Redis behind it. */
export function createJournal(options: JournalOptions): Journal {
  const { ttlSeconds, store, metrics, lease, now } = options
  let { record, lastEventId = beforeFirst, phase = 'idle' } = options

  const snapshot: StoreEntry['snapshot'] = () => ({ ...lease(), call: record, lastEventId })

  const advancePhase = (event: CallEvent) => {
    const turn = 'turnId' in event ? record.turns.find((t) => t.turnId === event.turnId) : undefined
    const input = toTurnInput(event, { said: turn !== undefined && turn.reply !== '' })
    if (input === undefined) return
    const next = transitionTurn(phase, input)
    if (next === undefined) metrics.illegalTransition('turn')
    else phase = next
  }

  return {
    get record() {
      return record
    },
    get phase() {
      return phase
    },
    get lastEventId() {
      return lastEventId
    },
    emit(event) {
      const input = toCallInput(event)
      const isIllegal = input !== undefined && transitionCall(record.state, input) === undefined
      if (isIllegal || isOver(record.state)) {
        metrics.illegalTransition('call')
        return false
      }
      record = applyEvent(record, event)
      advancePhase(event)
      lastEventId = nextEventId(lastEventId, now())
      const { id: callId, line } = record
      store.append({ callId, eventId: lastEventId, line, event, snapshot, ttlSeconds })
      metrics.event(event.type)
      return true
    },
  }
}
