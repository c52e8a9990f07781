export interface MediaTimeouts {
  /** From the answer to the first packet. */
  readonly initialMs: number
  /** From one packet to the next. */
  readonly laterMs: number
}

/** Whether a peer has been silent on the wire for too long; times are monotonic milliseconds. */
export interface MediaWatch {
  isLost(now: number, receivedPackets: number): boolean
}

/** Counts from now: the call has just been answered. */
export function createMediaWatch(timeouts: MediaTimeouts, answeredAt: number): MediaWatch {
  let last = { packets: 0, at: answeredAt }
  return {
    isLost(now, receivedPackets) {
      if (receivedPackets !== last.packets) last = { packets: receivedPackets, at: now }
      const limitMs = last.packets === 0 ? timeouts.initialMs : timeouts.laterMs
      return now - last.at >= limitMs
    },
  }
}
