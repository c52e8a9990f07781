import type { CallEvent, CallEventOf } from '@trunkline/contracts'
import { toCallRecord } from '../../src/calls/apply-event.ts'
import { createJournal, type Journal } from '../../src/calls/journal.ts'
import type { RoomParticipant } from '../../src/livekit/room-info.ts'
import type { TransferServices } from '../../src/transfer/transfer-services.ts'
import { testLine } from './test-line.ts'

/** What the clock says in tests of transfers. */
export const at = 1

/** Somebody at a telephone. */
export function onPhone(identity = 'sip_1'): RoomParticipant {
  return {
    ...{ identity, sid: `PA_${identity}`, kind: 'sip', isActive: true, joinedAt: at },
    attributes: {},
  }
}

/** The journal of a call that is kept nowhere. */
export function startJournal(onEvent: (event: CallEvent) => void = () => {}): Journal {
  const created: CallEventOf<'call-created'> = {
    ...{ at, line: testLine.id, room: 'r', roomSid: 'RM', jobId: 'AJ', greeting: 'hello' },
    type: 'call-created',
  }
  return createJournal({
    record: toCallRecord('call-1', created),
    ttlSeconds: 60,
    store: { append: ({ onOutcome }) => onOutcome?.('written'), isHealthy: true },
    metrics: { event: () => {}, illegalTransition: () => {} },
    lease: () => ({ epoch: 1, token: 1, jobId: 'AJ', handled: 0 }),
    now: () => at,
    onEvent: (_call, event) => onEvent(event),
  })
}

/** A carrier who does what is asked, and a room in which nobody is; no ledger. */
export function transferServices(overrides: Partial<TransferServices> = {}): TransferServices {
  return {
    sip: { transfer: async () => {}, dial: async () => {} },
    rooms: { participants: async () => [], removeParticipant: async () => {} },
    tracks: { list: async () => [], hear: async () => {} },
    queue: { place: async () => 1, leave: async () => {} },
    ...{ effects: undefined, trunkId: 'ST_1', onEffect: () => {} },
    ...overrides,
  }
}
