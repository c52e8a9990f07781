import type { TurnMarkTimes } from '@trunkline/contracts'
import type { Outgoing } from '../channel/outgoing.ts'

/** What was measured of one reply; milliseconds, `…At` on one clock of any origin but `firstSampleEpochMs`. */
export interface ReplyTimes {
  readonly receivedAt: number
  readonly firstSampleAt: number
  readonly firstSampleEpochMs: number
  /** Request of the first sentence played → its first byte. */
  readonly firstByteMs: number
  readonly cached: boolean
  readonly asrFinalMs?: number
  readonly bargeInStopMs?: number
  readonly marks: TurnMarkTimes
  readonly channelRoundTripMs?: number
}

/** The agent's share of a turn's latency: what is not the tts-router's is the agent's own. */
export function toStats(turnId: string, times: ReplyTimes): Outgoing {
  const wholeMs = Math.max(0, times.firstSampleAt - times.receivedAt)
  const ttsMs = Math.min(times.firstByteMs, wholeMs)
  return {
    type: 'stats',
    turnId,
    ttsMs,
    ttsCached: times.cached,
    agentMs: wholeMs - ttsMs,
    firstSampleAt: times.firstSampleEpochMs,
    marks: { ...times.marks },
    ...(times.channelRoundTripMs !== undefined && { channelRoundTripMs: times.channelRoundTripMs }),
    ...(times.asrFinalMs !== undefined && { asrFinalMs: times.asrFinalMs }),
    ...(times.bargeInStopMs !== undefined && { bargeInStopMs: times.bargeInStopMs }),
  }
}
