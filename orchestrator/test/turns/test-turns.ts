import type { Line } from '@trunkline/contracts'
import { createLogger } from '@trunkline/telemetry'
import { parsePrometheus, sumOf } from '@trunkline/testkit'
import { createDialogue } from '../../src/dialogue/create-dialogue.ts'
import type { Tool } from '../../src/dialogue/tool.ts'
import { judgeClaims } from '../dialogue/test-dialogue.ts'
import { joinCall, turn } from '../support/agent.ts'
import { readEvents } from '../support/events.ts'
import { startTestService, type TestService } from '../support/service.ts'
import { testLine } from '../support/test-line.ts'

const silent = createLogger('test', { level: 'silent' })
const unmeasured = { llmFirstToken() {}, llmTotal() {}, llmError() {}, claimReplaced() {} }

export interface TurnsOptions {
  readonly redisUrl: string
  /** Of the model, with `/v1`. */
  readonly modelUrl: string
  readonly line?: Line
  readonly tools?: readonly Tool[]
}

/** A call with the real dialogue on a model by hand. */
export async function startTurns({
  redisUrl,
  modelUrl,
  line = testLine,
  tools = [],
}: TurnsOptions) {
  const dialogue = createDialogue({
    llm: { url: modelUrl, model: 'scripted' },
    tools: () => tools,
    judgeClaims,
    logger: silent,
    now: Date.now,
    metrics: unmeasured,
  })
  const service = await startTestService({
    ...{ redisUrl, line },
    streamTurn: (asked, how) => dialogue.streamTurn(asked, how),
  })
  const { agent, callId, job } = await joinCall(service.url)
  agent.send({ type: 'heard', turnId: 'greeting', text: 'Hello.', interrupted: false })
  const texts = () =>
    agent.received.flatMap((message) => (message.type === 'say' ? [message.text] : []))
  let marks = 0
  /** Waits until everything sent so far has been handled. Gives the call's events. */
  const handled = async () => {
    marks += 1
    const digit = String(marks % 10)
    agent.send({ type: 'dtmf', digit })
    let seen = 0
    return readEvents(service.url, callId, {
      until({ event }) {
        if (event.type === 'dtmf') seen += 1
        return seen === marks
      },
    })
  }
  const count = () => countSpeculations(service)
  return { service, agent, callId, job, texts, handled, count }
}

/** Counted so far, by outcome, and the tokens that nobody heard. */
async function countSpeculations(service: TestService) {
  const response = await fetch(new URL('/metrics', service.url))
  const families = parsePrometheus(await response.text())
  const samples = families.get('speculations_total')?.samples ?? []
  const outcomes = samples.map(({ labels, value }) => [labels['outcome'] ?? '', value])
  return {
    ...Object.fromEntries(outcomes),
    wastedTokens: sumOf(families, 'speculation_wasted_tokens_total'),
  }
}

/** A turn as it is sent ahead of the decision that it is over. */
export function ahead(turnId: string, text: string, more: { supersedes?: string } = {}) {
  return { ...turn(turnId, text, more), speculative: true }
}

/** A confirmation that needs nothing else. */
export function confirmed(turnId: string, text: string, more: { supersedes?: string } = {}) {
  const { type: _type, ...whole } = turn(turnId, text, more)
  return { ...whole, type: 'turn-confirm', turnId } as const
}
