import type { AgentMessageOf } from '@trunkline/contracts'
import type { Metrics } from '../metrics.ts'
import type { Journal } from './journal.ts'
import type { OwnMarkTimes } from './turn-wait.ts'
import { type TurnTiming, toWaterfall } from './waterfall.ts'

export interface StatsContext {
  readonly journal: Pick<Journal, 'record' | 'emit'>
  readonly metrics: Pick<Metrics, 'asrLatency' | 'ttsLatency' | 'e2eLatency' | 'bargeInStop'>
  /** Undefined for turns that got no reply, and for the greeting. */
  readonly timing: TurnTiming | undefined
  readonly own: OwnMarkTimes
}

/**
 * A frame given to the room → the packet at a telephone, through livekit-server, the gateway's jitter buffer and its
 * mixer: the middle of 85 to 125 ms measured on two cores. Of browsers nobody has measured it.
 */
const sipTransportOutMs = 105

/** Joins the agent's figures for a turn with ours, once per turn; its barge-in may follow by itself. */
export function observeStats(stats: AgentMessageOf<'stats'>, context: StatsContext): void {
  const { journal, metrics, timing, own } = context
  const { turnId, firstSampleAt, bargeInStopMs, at, marks = {} } = stats
  if (bargeInStopMs !== undefined) metrics.bargeInStop(bargeInStopMs)
  const turn = journal.record.turns.find((known) => known.turnId === turnId)
  if (!turn || !timing) return
  const isBySip = journal.record.direction !== 'web'
  const waterfall = toWaterfall(timing, stats, {
    own,
    ...(isBySip && { transportOutMs: sipTransportOutMs }),
  })
  if (turn.waterfall === undefined) {
    const { asrFinalMs } = waterfall
    if (asrFinalMs !== undefined) metrics.asrLatency(asrFinalMs, turn.language)
    // The router's whole time, also where the caller waited for something else meanwhile.
    metrics.ttsLatency(stats.ttsMs, turn.language)
    const spokenUntil = marks['speech-ended'] ?? timing.speechEndedAt
    if (spokenUntil !== undefined) {
      metrics.e2eLatency(Math.max(0, (marks['first-frame'] ?? firstSampleAt) - spokenUntil))
    }
  }
  journal.emit({
    ...{ at, type: 'turn-stats', turnId, firstSampleAt },
    waterfall: turn.waterfall ?? waterfall,
    ...(bargeInStopMs === undefined ? {} : { bargeInStopMs }),
  })
}
