import type { CallEvent, CallEventOf } from '@trunkline/contracts'

export type ConsentFromOutside = CallEventOf<'external-event'> & { readonly kind: 'consent' }

/** True for a `consent` that came by `POST /call/event`. */
export function isConsentFromOutside(event: CallEvent): event is ConsentFromOutside {
  return event.type === 'external-event' && event.kind === 'consent'
}
