/**
 * What a sentence of ours says to have been done. `booking-made`: we have booked it just now; `booking-stands`: there
 * is a booking, whoever made it; the others say that something was transferred, cancelled, changed, passed on or paid.
 */
export type Claim = (typeof claims)[number]

export const claims = [
  ...(['booking-made', 'booking-stands', 'transfer', 'cancellation', 'change'] as const),
  ...(['message', 'payment'] as const),
] as const
