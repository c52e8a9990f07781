import type { Logger } from '@trunkline/telemetry'
import type { JudgeClaims } from '../claims/judge-claims.ts'
import type { ClaimGuard } from './claim-guard.ts'
import type { DialogueMetrics, LateEffect } from './create-dialogue.ts'
import type { DialogueTurn, StreamTurnOptions, Usage } from './dialogue.ts'
import type { LlmClient, LlmMessage } from './llm-client.ts'
import type { LlmConfig, LlmTimeouts } from './llm-config.ts'
import type { Tool, ToolBox } from './tool.ts'

/** What every turn is run with. */
export interface TurnDeps {
  readonly llm: LlmClient
  readonly config: LlmConfig
  readonly timeouts: LlmTimeouts
  readonly tools: ToolBox
  readonly judgeClaims: JudgeClaims
  readonly logger: Logger
  readonly now: () => number
  readonly onLateEffect?: (late: LateEffect) => void
  readonly metrics: DialogueMetrics
}

/** What grows while a turn runs. */
export interface TurnState extends Pick<StreamTurnOptions, 'certain' | 'onAsked' | 'secret'> {
  readonly turn: DialogueTurn
  readonly signal: AbortSignal
  readonly tools: readonly Tool[]
  readonly messages: LlmMessage[]
  readonly claims: ClaimGuard
  usage: Usage | undefined
}
