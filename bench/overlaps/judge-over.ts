import { levelDbfs, type TimedAudio } from '@trunkline/telephony'

/** What became of the agent's voice under a sound of the caller's. Times from packets, milliseconds. */
export interface OverOutcome {
  readonly isStopped: boolean
  /** Onset of the caller's sound → the voice last heard, where it went down. */
  readonly quietMs?: number
  /** End of the caller's sound → the voice heard again, where it went on. */
  readonly resumedMs?: number
}

export interface OverEvidence {
  readonly received: readonly TimedAudio[]
  /** Packets with the first and the last of the caller's sound, epoch milliseconds. */
  readonly sound: { readonly fromAt: number; readonly toAt: number }
  /** Words of the reply, and those of them that the recording holds. */
  readonly words: { readonly said: number; readonly recorded: number }
  /** Longest silence within what the agent says; shorter gaps are its own. */
  readonly ownGapMs: number
  /** From then on another reply may be heard. */
  readonly until: number
}

/** So far below its level before, a voice counts as silent. */
const duckedDb = 20
const levelWindowMs = 1500
const loudShare = 0.9
const packetMs = 20
/** A packet beside a gap may be late by so much. */
const toleranceMs = 60
/** A voice that went down for a sound does so within this. */
const latestMs = 1000
/** The correlation is right to a word, at either end. */
const wordsTolerated = 2

/** Undefined when the agent was not speaking when the sound began. */
export function judgeOver(evidence: OverEvidence): OverOutcome | undefined {
  const { received, sound, words, ownGapMs, until } = evidence
  const loud = findLoud(received, sound.fromAt, until)
  if (!loud) return undefined
  const isStopped = words.recorded < words.said - wordsTolerated
  const shortest = Math.max(ownGapMs, 0) + toleranceMs
  const down = loud.findIndex((at, index) => {
    const next = loud[index + 1]
    return (
      at >= sound.fromAt - shortest &&
      at <= sound.toAt + latestMs &&
      (next === undefined ? isStopped : next - at > shortest)
    )
  })
  const downAt = loud[down]
  if (downAt === undefined) return { isStopped }
  const quietMs = Math.max(0, downAt + packetMs - sound.fromAt)
  const againAt = loud[down + 1]
  if (isStopped || againAt === undefined) return { isStopped, quietMs }
  return { isStopped, quietMs, resumedMs: againAt - sound.toAt }
}

/** Longest stretch of known speech (8 kHz) that is 20 dB below its level, its edges left out; milliseconds. */
export function longestGapMs(pcm: Int16Array): number {
  const samples = packetMs * 8
  const packets = Array.from({ length: Math.floor(pcm.length / samples) }, (_, index) => ({
    at: index * packetMs,
    pcm: pcm.subarray(index * samples, (index + 1) * samples),
  }))
  const floor = levelOf(packets) - duckedDb
  const loud = packets.filter((packet) => levelDbfs(packet.pcm) > floor).map(({ at }) => at)
  return loud.reduce((longest, at, index) => Math.max(longest, at - (loud[index - 1] ?? at)), 0)
}

/** Times of the packets that are loud against the agent's own level before the sound. */
function findLoud(
  received: readonly TimedAudio[],
  onsetAt: number,
  until: number,
): readonly number[] | undefined {
  const before = received.filter(({ at }) => at >= onsetAt - levelWindowMs && at <= onsetAt)
  const level = levelOf(before)
  if (level === Number.NEGATIVE_INFINITY) return undefined
  return received
    .filter(({ at }) => at >= onsetAt - levelWindowMs && at < until)
    .filter(({ pcm }) => levelDbfs(pcm) > level - duckedDb)
    .map(({ at }) => at)
}

function levelOf(packets: readonly { readonly pcm: Int16Array }[]): number {
  const levels = packets
    .map(({ pcm }) => levelDbfs(pcm))
    .filter(Number.isFinite)
    .toSorted((a, b) => a - b)
  return levels[Math.floor(levels.length * loudShare)] ?? Number.NEGATIVE_INFINITY
}
