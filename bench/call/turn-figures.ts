import type { WaitPart } from '@trunkline/contracts'
import type { TurnMeasurement } from '../../scripts/call/measure.ts'

/** Milliseconds of one turn, as they are judged. */
export interface TurnFigures {
  /** Packet with the caller's last voiced sample → packet with the reply's first one. */
  readonly gapMs: number
  readonly isCached: boolean
  /** Orchestrator, agent and the channel between them: what is ours of the gap. */
  readonly ownMs?: number
  readonly inMs?: number
  readonly outMs?: number
  /** End-of-turn decision → first reply sample on the wire. */
  readonly sinceDecisionMs?: number
  readonly endpointingMs?: number
  /** Whole times, whether the caller waited for them or not. */
  readonly asrMs?: number
  readonly llmMs?: number
  readonly ttsMs?: number
}

const ownParts: readonly WaitPart[] = [
  ...(['turn-sending', 'channel', 'orchestrator', 'say-sending', 'playout'] as const),
]

/** Undefined for a turn that was not answered on the wire. */
export function toTurnFigures({
  wireGapMs,
  waterfall,
  transport,
}: TurnMeasurement): TurnFigures | undefined {
  if (wireGapMs === undefined) return undefined
  const isCached = waterfall?.ttsCached === true
  const wait = waterfall?.wait
  if (!wait || !transport) return { gapMs: wireGapMs, isCached }
  const sum = (names: readonly WaitPart[], { withHidden = false } = {}) =>
    wait.parts
      .filter(({ part }) => names.includes(part))
      .reduce((total, { ms, hiddenMs = 0 }) => total + ms + (withHidden ? hiddenMs : 0), 0)
  const endpointingMs = sum(['endpointing'])
  const { asrFinalMs } = waterfall
  return {
    ...{ gapMs: wireGapMs, isCached, ...transport, endpointingMs, ownMs: sum(ownParts) },
    sinceDecisionMs: wireGapMs - transport.inMs - endpointingMs,
    ...(asrFinalMs !== undefined && { asrMs: asrFinalMs }),
    llmMs: sum(['llm-first-token'], { withHidden: true }),
    ttsMs: sum(['tts'], { withHidden: true }),
  }
}
