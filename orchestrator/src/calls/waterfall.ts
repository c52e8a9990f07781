import type { AgentMessageOf, TurnWait, WaitPart, Waterfall } from '@trunkline/contracts'
import { type OwnMarkTimes, toTurnWait } from './turn-wait.ts'

/** What the orchestrator knows of a turn's time, in milliseconds and epoch milliseconds. */
export interface TurnTiming {
  readonly receivedAt: number
  readonly speechEndedAt?: number
  readonly asrFinalMs?: number
  /** Turn received → first say sent, the model's and the tools' share taken out. */
  readonly orchestratorMs: number
  readonly llmMs: number
  /** Of the model's time, what passed before the turn was certain. */
  readonly speculatedMs?: number
}

export interface JoinOptions {
  readonly own: OwnMarkTimes
  /** First frame given to the room → the caller, where it has been measured. */
  readonly transportOutMs?: number
}

/** Joins the orchestrator's share with the agent's. */
export function toWaterfall(
  timing: TurnTiming,
  stats: AgentMessageOf<'stats'>,
  { own, transportOutMs }: JoinOptions,
): Waterfall {
  const wait = toTurnWait(stats.marks ?? {}, own, {
    ...(transportOutMs !== undefined && { transportOutMs }),
    ...(stats.channelRoundTripMs !== undefined && { channelRoundTripMs: stats.channelRoundTripMs }),
  })
  const asrFinalMs = stats.asrFinalMs ?? timing.asrFinalMs
  return {
    ...(wait ? toSums(wait, stats) : toFigures(timing, stats)),
    ...(asrFinalMs === undefined ? {} : { asrFinalMs }),
    ...(stats.ttsCached !== undefined && { ttsCached: stats.ttsCached }),
  }
}

/** Of an agent before protocol 3. Clocks of two machines may differ: no part is negative. */
function toFigures(timing: TurnTiming, { ttsMs, agentMs }: AgentMessageOf<'stats'>): Waterfall {
  const { receivedAt, speechEndedAt, speculatedMs, orchestratorMs, llmMs } = timing
  return {
    ...(speechEndedAt === undefined
      ? {}
      : { endpointingMs: Math.max(0, receivedAt - speechEndedAt) }),
    ...(speculatedMs !== undefined && { speculatedMs }),
    ...{ orchestratorMs, llmMs, ttsMs, agentMs },
  }
}

/** The figures of old, as sums of the parts; the channel is counted with the agent. */
function toSums(wait: TurnWait, { marks = {} }: AgentMessageOf<'stats'>): Waterfall {
  const sum = (key: 'ms' | 'hiddenMs', ...names: readonly WaitPart[]) =>
    wait.parts.reduce(
      (total, part) => total + (names.includes(part.part) ? (part[key] ?? 0) : 0),
      0,
    )
  const speculatedMs = sum('hiddenMs', 'llm-first-token', 'llm-first-clause')
  return {
    ...(marks['speech-ended'] === undefined
      ? {}
      : { endpointingMs: sum('ms', 'endpointing', 'asr-final') }),
    ...(speculatedMs > 0 && { speculatedMs }),
    orchestratorMs: sum('ms', 'orchestrator', 'say-sending', 'reply'),
    llmMs: sum('ms', 'llm-first-token', 'llm-first-clause'),
    ttsMs: sum('ms', 'tts'),
    agentMs: sum('ms', 'turn-sending', 'channel', 'playout'),
    wait,
  }
}
