/** How livekit-sip sends the keys it is given. */
export const keyTiming = { keyMs: 250, gapMs: 250 }
