import type { CallEventInput, CallEventOf, TranscriptionInput } from '@trunkline/contracts'

export type ExternalEvent = CallEventOf<'external-event' | 'external-transcript'>

/** What an event from outside puts on the call's record. `now` is epoch milliseconds. */
export function toExternalEvent(input: CallEventInput, now: number): ExternalEvent {
  const { id, source, callId: _callId, roomSid: _roomSid, sequence, at, type, ...data } = input
  const base = { at: at ?? now, ...toOrigin({ id, source, sequence }) }
  if (input.type === 'transcript-interim' || input.type === 'transcript-final') {
    const { text, language } = input
    const isFinal = input.type === 'transcript-final'
    return { ...base, type: 'external-transcript', speaker: 'caller', text, language, isFinal }
  }
  return { ...base, type: 'external-event', kind: type, data }
}

/** What another recogniser has heard, for the call's record. */
export function toExternalTranscript(input: TranscriptionInput, now: number): ExternalEvent {
  const { id, source, sequence, at, speaker, text, language, isFinal } = input
  const base = { at: at ?? now, ...toOrigin({ id, source, sequence }) }
  return { ...base, type: 'external-transcript', speaker, text, language, isFinal }
}

function toOrigin(input: { id: string; source: string; sequence?: number | undefined }) {
  const { id: eventId, source, sequence } = input
  return { eventId, source, ...(sequence === undefined ? {} : { sequence }) }
}
