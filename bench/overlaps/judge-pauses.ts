import type { TimedAudio } from '@trunkline/telephony'
import { firstVoicedAt } from '@trunkline/telephony'
import type { CaseOutcome } from './outcome.ts'

export interface PauseEvidence {
  readonly received: readonly TimedAudio[]
  /** Packets with the first and the last of each part of the turn, epoch milliseconds. */
  readonly parts: readonly { readonly fromAt: number; readonly toAt: number }[]
  /** When the orchestrator received a turn. */
  readonly committedAt: readonly number[]
}

/** What the caller has said when a decision is made is some 100 ms old, and the next sound takes as long to be heard. */
const afterPauseMs = 200

/** A pause is cut off when a turn was committed in it. */
export function judgePauses({
  received,
  parts,
  committedAt,
}: PauseEvidence): Pick<CaseOutcome, 'pauses' | 'decidedMs'> {
  const pauses = parts.slice(0, -1).map(({ toAt }, index) => {
    const nextAt = parts[index + 1]?.fromAt ?? toAt
    const isCut = committedAt.some((at) => at > toAt && at <= nextAt + afterPauseMs)
    const voiceAt = firstVoicedAt(received, { from: toAt })
    return {
      ms: Math.round(nextAt - toAt),
      isCut,
      isSpokenOver: isCut && voiceAt !== undefined && voiceAt < (parts.at(-1)?.toAt ?? toAt),
    }
  })
  const endAt = parts.at(-1)?.toAt ?? Number.POSITIVE_INFINITY
  const decidedAt = committedAt.find((at) => at > endAt)
  return { pauses, ...(decidedAt !== undefined && { decidedMs: decidedAt - endAt }) }
}
