import { z } from 'zod'
import type { Claim } from '../../src/claims/claim.ts'
import { createClaimJudge } from '../../src/claims/judge-claims.ts'
import { createDialogue, type LateEffect } from '../../src/dialogue/create-dialogue.ts'
import type { DialogueEvent, DialogueTurn } from '../../src/dialogue/dialogue.ts'
import type { LlmConfig } from '../../src/dialogue/llm-config.ts'
import {
  defineTool,
  type Tool,
  type ToolContext,
  type ToolResult,
} from '../../src/dialogue/tool.ts'
import { logger } from '../database/test-database.ts'
import { line } from '../hotel/test-desk.ts'

/** Saturday at noon in Berlin. */
export const now = Date.parse('2026-11-21T11:00:00Z')

/** Made once: a language's patterns take their time. */
export const judgeClaims = createClaimJudge(['en'])

/** A tool that has nothing to do with hotels: the dialogue knows none. */
export function toolOf(
  name: string,
  run: (args: Record<string, unknown>, context: ToolContext) => Promise<ToolResult>,
  { hasEffect = false, proves = [] }: { hasEffect?: boolean; proves?: readonly Claim[] } = {},
): Tool {
  return defineTool({
    name,
    description: `Does ${name}.`,
    hasEffect,
    proves,
    parameters: z.object({ count: z.coerce.number().int().min(1).optional() }),
    run,
  })
}

export const lookUp = toolOf('look_up', async ({ count = 1 }) => ({ ok: true, result: { count } }))

export interface TestDialogueOptions extends Partial<LlmConfig> {
  readonly tools?: readonly Tool[]
}

/** The dialogue against a server at `url`, with what it measures and reports late. */
export function openDialogue(url: string, { tools = [lookUp], ...llm }: TestDialogueOptions = {}) {
  const errors: string[] = []
  const late: LateEffect[] = []
  const measured: string[] = []
  const dialogue = createDialogue({
    llm: { url, model: 'some/model', ...llm },
    tools: () => tools,
    judgeClaims,
    logger,
    now: () => now,
    onLateEffect: (effect) => late.push(effect),
    metrics: {
      llmFirstToken: (ms, { model }) => measured.push(`first ${model} ${ms >= 0}`),
      llmTotal: (ms, { model }) => measured.push(`total ${model} ${ms >= 0}`),
      llmError: (code) => errors.push(code),
      claimReplaced: (claim) => measured.push(`replaced ${claim}`),
    },
  })
  const turnOf = (change: Partial<DialogueTurn> = {}): DialogueTurn => ({
    ...{ callId: 'c1', turnId: 'turn-1', epoch: 1, line, language: 'en' },
    ...{ text: 'Hi.', history: [], ...change },
  })
  /** Runs a turn to its end; `events` holds what came before an error, too. */
  const run = async (
    change: Partial<DialogueTurn> = {},
    { signal = new AbortController().signal, onEvent = (_: DialogueEvent) => {} } = {},
  ) => {
    const events: DialogueEvent[] = []
    try {
      for await (const event of dialogue.streamTurn(turnOf(change), { signal })) {
        events.push(event)
        onEvent(event)
      }
      return { events, error: undefined }
    } catch (error) {
      return { events, error }
    }
  }
  return { dialogue, run, turnOf, errors, late, measured }
}

/** What of a turn can be compared: the order of things, without times. */
export function outline(events: readonly DialogueEvent[]): string[] {
  return events.map((event) => {
    switch (event.type) {
      case 'sentence':
        return `say ${event.text}`
      case 'tool-called':
        return `call ${event.name} ${JSON.stringify(event.arguments)}`
      case 'tool-finished':
        return `result ${event.ok} ${JSON.stringify(event.result)}`
      case 'end-call':
        return `end ${event.reason}`
      default:
        return event.type
    }
  })
}
