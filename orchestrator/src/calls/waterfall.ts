import type { AgentMessageOf, Waterfall } from '@trunkline/contracts'

/** What the orchestrator knows of a turn's time, in milliseconds and epoch milliseconds. */
export interface TurnTiming {
  readonly receivedAt: number
  readonly speechEndedAt?: number
  readonly asrFinalMs?: number
  /** Turn received → first say sent, the model's and the tools' share taken out. */
  readonly orchestratorMs: number
  readonly llmMs: number
}

/** Joins the orchestrator's share with the agent's. Clocks of two machines may differ: no part is negative. */
export function toWaterfall(timing: TurnTiming, stats: AgentMessageOf<'stats'>): Waterfall {
  const { receivedAt, speechEndedAt } = timing
  const asrFinalMs = stats.asrFinalMs ?? timing.asrFinalMs
  return {
    ...(speechEndedAt === undefined
      ? {}
      : { endpointingMs: Math.max(0, receivedAt - speechEndedAt) }),
    ...(asrFinalMs === undefined ? {} : { asrFinalMs }),
    orchestratorMs: timing.orchestratorMs,
    llmMs: timing.llmMs,
    ttsMs: stats.ttsMs,
    agentMs: stats.agentMs,
  }
}
