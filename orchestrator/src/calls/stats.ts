import type { AgentMessageOf } from '@trunkline/contracts'
import type { Metrics } from '../metrics.ts'
import type { Journal } from './journal.ts'
import { type TurnTiming, toWaterfall } from './waterfall.ts'

export interface StatsContext {
  readonly journal: Pick<Journal, 'record' | 'emit'>
  readonly metrics: Pick<Metrics, 'asrLatency' | 'ttsLatency' | 'e2eLatency' | 'bargeInStop'>
  /** Undefined for turns that got no reply, and for the greeting. */
  readonly timing: TurnTiming | undefined
}

/** Joins the agent's figures for a turn with ours, once per turn; its barge-in may follow by itself. */
export function observeStats(stats: AgentMessageOf<'stats'>, context: StatsContext): void {
  const { journal, metrics, timing } = context
  const { turnId, firstSampleAt, bargeInStopMs, at } = stats
  if (bargeInStopMs !== undefined) metrics.bargeInStop(bargeInStopMs)
  const turn = journal.record.turns.find((known) => known.turnId === turnId)
  if (!turn || !timing) return
  const waterfall = toWaterfall(timing, stats)
  if (turn.waterfall === undefined) {
    const { asrFinalMs, ttsMs } = waterfall
    if (asrFinalMs !== undefined) metrics.asrLatency(asrFinalMs, turn.language)
    metrics.ttsLatency(ttsMs, turn.language)
    if (timing.speechEndedAt !== undefined) {
      metrics.e2eLatency(Math.max(0, firstSampleAt - timing.speechEndedAt))
    }
  }
  journal.emit({
    ...{ at, type: 'turn-stats', turnId, firstSampleAt },
    waterfall: turn.waterfall ?? waterfall,
    ...(bargeInStopMs === undefined ? {} : { bargeInStopMs }),
  })
}
