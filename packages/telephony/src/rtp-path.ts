/** The way of RTP packets between us and the peer, in both directions. */
export interface RtpPath {
  /** Calls `arrive` when the packet has come through: at once, later, or never. */
  carry(arrive: () => void): void
  /** What is on the wire for a packet that we send; the packet alone where this is left out. */
  alter?(packet: Uint8Array): readonly Uint8Array[]
}

export interface RoughPathOptions {
  /** Share of the packets that never arrive, 0 to 1. */
  readonly lossRate?: number
  /** Packets come up to this much later, each by its own: beyond 20 ms they overtake each other. */
  readonly jitterMs?: number
  /** From 0 to 1; `Math.random` unless a run is to be repeated. */
  readonly random?: () => number
}

/** The packets are on the wire as soon as they leave. */
export const clearPath: RtpPath = { carry: (arrive) => arrive() }

/** A network that loses packets and delays them, each independently of the others. */
export function createRoughPath(options: RoughPathOptions): RtpPath {
  const { lossRate = 0, jitterMs = 0, random = Math.random } = options
  return {
    carry(arrive) {
      if (random() < lossRate) return
      if (jitterMs > 0) setTimeout(arrive, random() * jitterMs)
      else arrive()
    },
  }
}
