import type { G711Codec } from './g711.ts'

/** What a phone can speak, by RTP names: G.711 at 8 kHz, and G.722 at 16 kHz. */
export type Codec = G711Codec | 'G722'

/** Their payload types (RFC 3551, table 4). G.722's RTP clock is 8000 there too, by a mistake that was kept. */
export const payloadTypes: Readonly<Record<Codec, number>> = { PCMU: 0, PCMA: 8, G722: 9 }

/** The codec that a payload type stands for by itself. */
export function codecOf(payloadType: number): Codec | undefined {
  switch (payloadType) {
    case payloadTypes.PCMU:
      return 'PCMU'
    case payloadTypes.PCMA:
      return 'PCMA'
    case payloadTypes.G722:
      return 'G722'
    default:
      return undefined
  }
}
