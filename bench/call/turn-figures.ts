import type { WaitPart } from '@trunkline/contracts'
import type { TurnMeasurement } from '../../scripts/call/measure.ts'

/**
 * What a turn was answered with.
 * - `fixed`: words whose audio is in the cache
 * - `plain`: a sentence that the model made of what it knew
 * - `tool`: the model asked the hotel first, and was asked once more
 */
export type ReplyKind = 'fixed' | 'plain' | 'tool'

/** Milliseconds of one turn, as they are judged. */
export interface TurnFigures {
  /** Packet with the caller's last voiced sample → packet with the reply's first one. */
  readonly gapMs: number
  readonly kind: ReplyKind
  /** What is ours of the gap: the next three together. */
  readonly ownMs?: number
  readonly orchestratorMs?: number
  readonly agentMs?: number
  /** The channel between them, there and back. */
  readonly channelMs?: number
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

const orchestratorParts: readonly WaitPart[] = ['orchestrator', 'say-sending']
const agentParts: readonly WaitPart[] = ['turn-sending', 'playout']

/** `toolTurns`: turns in which the hotel was asked. Undefined for a turn that was not answered on the wire. */
export function toTurnFigures(
  { turnId, wireGapMs, waterfall, transport }: TurnMeasurement,
  toolTurns: ReadonlySet<string>,
): TurnFigures | undefined {
  if (wireGapMs === undefined) return undefined
  const kind = waterfall?.ttsCached ? 'fixed' : toolTurns.has(turnId) ? 'tool' : 'plain'
  const wait = waterfall?.wait
  if (!wait || !transport) return { gapMs: wireGapMs, kind }
  const sum = (names: readonly WaitPart[], { withHidden = false } = {}) =>
    wait.parts
      .filter(({ part }) => names.includes(part))
      .reduce((total, { ms, hiddenMs = 0 }) => total + ms + (withHidden ? hiddenMs : 0), 0)
  const own = {
    orchestratorMs: sum(orchestratorParts),
    agentMs: sum(agentParts),
    channelMs: sum(['channel']),
  }
  const endpointingMs = sum(['endpointing'])
  const { asrFinalMs } = waterfall
  return {
    ...{ gapMs: wireGapMs, kind, ...transport, endpointingMs, ...own },
    ownMs: own.orchestratorMs + own.agentMs + own.channelMs,
    sinceDecisionMs: wireGapMs - transport.inMs - endpointingMs,
    ...(asrFinalMs !== undefined && { asrMs: asrFinalMs }),
    llmMs: sum(['llm-first-token'], { withHidden: true }),
    ttsMs: sum(['tts'], { withHidden: true }),
  }
}
