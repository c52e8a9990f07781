import { type CallEvent, consent } from '@trunkline/contracts'
import { isConsentFromOutside } from '../records/consent-from-outside.ts'

/** What an event says about the call being recorded; undefined when nothing. */
export function readRecordingConsent(event: CallEvent): 'given' | 'refused' | undefined {
  const told =
    event.type === 'consent'
      ? consent.safeParse(event)
      : isConsentFromOutside(event)
        ? consent.safeParse(event.data)
        : undefined
  if (!told?.success || told.data.kind !== 'recording') return undefined
  return told.data.decision === 'given' ? 'given' : 'refused'
}
