import { levelDbfs, type TimedAudio, voicedDbfs } from '@trunkline/telephony'

/** How far the agent's voice must come down to count as silent. */
const duckedDb = 20
/** Its level before the interruption is taken over so long. */
const levelWindowMs = 1500
/** Pauses between words are shorter. */
const quietMs = 300
const packetMs = 20
/** The level of a voice: nine of ten of its packets are quieter. */
const loudShare = 0.9

export interface Quiet {
  /** Packet with the caller's first voiced sample. */
  readonly onsetAt: number
  /** From then to the end of the last packet that was loud. Milliseconds. */
  readonly quietMs: number
}

/**
 * How long after the caller's onset the agent was last heard, where 20 dB below its own level counts as silence.
 * Undefined when it did not speak then. `until`: what comes later is another reply.
 */
export function measureQuiet(
  received: readonly TimedAudio[],
  { onsetAt, until = Number.POSITIVE_INFINITY }: { onsetAt: number; until?: number },
): Quiet | undefined {
  const before = received
    .filter(({ at }) => at >= onsetAt - levelWindowMs && at <= onsetAt)
    .map(({ pcm }) => levelDbfs(pcm))
    .filter((level) => level >= voicedDbfs)
    .toSorted((a, b) => a - b)
  const level = before[Math.floor(before.length * loudShare)]
  if (level === undefined) return undefined
  const isLoud = ({ pcm }: TimedAudio) => levelDbfs(pcm) > level - duckedDb
  const lastBefore = received.findLast((frame) => frame.at <= onsetAt && isLoud(frame))
  if (!lastBefore || onsetAt - lastBefore.at > quietMs) return undefined
  let lastAt = lastBefore.at
  for (const frame of received) {
    if (frame.at <= onsetAt || frame.at >= until || !isLoud(frame)) continue
    if (frame.at - lastAt > quietMs) break
    lastAt = frame.at
  }
  return { onsetAt, quietMs: Math.max(0, lastAt + packetMs - onsetAt) }
}
