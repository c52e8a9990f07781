import type { CallEvent } from '@trunkline/contracts'
import { createEventEncoder, type RecordedEvent } from '../../src/records/encode-event.ts'
import { type RecordEntry, readRecordJson } from '../../src/records/record-entry.ts'

export const startedAt = 1_795_000_000_000

/** A short call: greeting, one turn with a tool, one that was merged into the next, and its end. */
export function sampleEvents({
  at = startedAt,
  line = 'harbour-hotel',
  callerHash,
}: {
  at?: number
  line?: string
  callerHash?: string
} = {}): CallEvent[] {
  const room = { room: 'call_100_x', roomSid: 'RM_x', jobId: 'AJ_x' }
  const events: CallEvent[] = [
    { at, type: 'call-created', line, ...room, greeting: 'Hello.' },
    {
      ...{ at: at + 100, type: 'call-started', direction: 'inbound', sipCallId: 'SCL_1' },
      ...(callerHash === undefined ? {} : { callerHash }),
    },
    { at: at + 200, type: 'call-ringing' },
    { at: at + 1000, type: 'call-active' },
    { at: at + 1100, type: 'heard', turnId: 'greeting', text: 'Hello.', interrupted: false },
    { at: at + 1500, type: 'speech-start' },
    { at: at + 1600, type: 'transcript-interim', text: 'my name' },
    { at: at + 2000, type: 'transcript-final', text: 'my name is Emma Fischer' },
    {
      ...{ at: at + 2100, type: 'turn-received', turnId: 't1', language: 'en', source: 'speech' },
      text: 'my name is Emma',
    },
    {
      ...{ at: at + 2200, type: 'turn-received', turnId: 't2', language: 'en', source: 'speech' },
      ...{ text: 'my name is Emma Fischer, a double room', supersedes: 't1' },
    },
    {
      ...{ at: at + 2300, type: 'tool-called', turnId: 't2', name: 'create_reservation' },
      arguments: { room_type: 'double', guest_name: 'Emma Fischer' },
    },
    {
      ...{ at: at + 2400, type: 'tool-finished', turnId: 't2', name: 'create_reservation' },
      ...{ ok: true, result: { reservation_number: '4711', guest_name: 'Emma Fischer' } },
    },
    { at: at + 2500, type: 'say', turnId: 't2', index: 0, text: 'Booked.', kind: 'reply' },
    { at: at + 2600, type: 'heard', turnId: 't2', text: 'Booked.', interrupted: false },
    {
      ...{ at: at + 2700, type: 'turn-finished', turnId: 't2', model: 'test-model' },
      usage: { promptTokens: 1000, completionTokens: 20, totalTokens: 1020 },
    },
    {
      ...{ at: at + 2800, type: 'consent', kind: 'recording', decision: 'given' },
      textVersion: 'v3',
    },
    { at: at + 60_000, type: 'call-ending', reason: 'caller-hangup' },
    { at: at + 61_000, type: 'call-ended', reason: 'caller-hangup' },
  ]
  return events
}

/** The events with ids in their order. */
export function withIds(callId: string, events: readonly CallEvent[], line = 'harbour-hotel') {
  return events.map((event, index): RecordedEvent => {
    return { callId, eventId: `${Math.floor(event.at)}-${index}`, line, event }
  })
}

const encode = createEventEncoder({ policyOf: () => 'full', redact: (text) => text })

/** What the events leave in the stream, as read from it. */
export function toEntries(recorded: readonly RecordedEvent[], encoder = encode): RecordEntry[] {
  return recorded.flatMap((one) => {
    const entry = readRecordJson(encoder(one) ?? '')
    return entry ? [entry] : []
  })
}
