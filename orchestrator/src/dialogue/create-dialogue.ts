import type { Logger } from '@trunkline/telemetry'
import type { Claim } from '../claims/claim.ts'
import { createClaimJudge, type JudgeClaims } from '../claims/judge-claims.ts'
import type { Dialogue, HistoryItem } from './dialogue.ts'
import { createLlmClient } from './llm-client.ts'
import { defaultLlmTimeouts, type LlmConfig } from './llm-config.ts'
import type { LlmErrorCode } from './llm-error.ts'
import { toLlmError } from './llm-error.ts'
import { streamTurn } from './stream-turn.ts'
import type { ToolBox } from './tool.ts'

/** What the dialogue measures; milliseconds. `model` is the configured one. */
export interface DialogueMetrics {
  llmFirstToken(ms: number, labels: { model: string }): void
  /** A whole turn, tools included. */
  llmTotal(ms: number, labels: { model: string }): void
  /** Every failed request, also one that was made again. */
  llmError(code: LlmErrorCode): void
  /** A sentence was not said, for what it claims has not been done. */
  claimReplaced(claim: Claim): void
}

/** An effect that was finished after its turn was over or the tool had run out of time. */
export interface LateEffect {
  readonly callId: string
  readonly turnId: string
  /** Belongs into the call's history, so that the next reply can tell it. */
  readonly item: Extract<HistoryItem, { kind: 'tool' }>
}

export interface DialogueOptions {
  readonly llm: LlmConfig
  readonly tools: ToolBox
  readonly judgeClaims?: JudgeClaims
  readonly logger: Logger
  /** Epoch milliseconds, for today's date. */
  readonly now: () => number
  readonly onLateEffect?: (late: LateEffect) => void
  readonly metrics: DialogueMetrics
}

export type ModelCheck =
  | { readonly ok: true; readonly isListed: boolean }
  | { readonly ok: false; readonly code: LlmErrorCode }

export interface LlmDialogue extends Dialogue {
  /** One cheap request, for readiness: is the model server there, and does it know the model? Never throws but an abort. */
  checkModel(options: { signal: AbortSignal }): Promise<ModelCheck>
}

/** The dialogue with an OpenAI-compatible model. What it is about comes from the line and its tools alone. */
export function createDialogue(options: DialogueOptions): LlmDialogue {
  const { llm: config } = options
  const llm = createLlmClient(config)
  const { judgeClaims = createClaimJudge() } = options
  const timeouts = { ...defaultLlmTimeouts, ...config.timeouts }
  const deps = { ...options, judgeClaims, llm, config, timeouts }
  return {
    streamTurn: (turn, how) => streamTurn(deps, turn, how),
    async checkModel({ signal }) {
      try {
        const models = await llm.listModels({ signal })
        return { ok: true, isListed: models.includes(config.model) }
      } catch (error) {
        signal.throwIfAborted()
        const { code } = toLlmError(error)
        // A server without a list of models may still answer.
        return code === 'not-found' ? { ok: true, isListed: false } : { ok: false, code }
      }
    },
  }
}
