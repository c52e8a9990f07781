import type { AgentMessage } from '@trunkline/contracts'

/** Turns that were begun sooner after our last word than anybody who listens could. */
export interface QuickAnswers {
  note(message: AgentMessage): void
  readonly turnIds: ReadonlySet<string>
}

const quickMs = 100
const rememberedTurns = 64

/** All times are of the agent's clock. */
export function createQuickAnswers(): QuickAnswers {
  const turnIds = new Set<string>()
  let saidAt: number | undefined
  let isQuick = false
  return {
    turnIds,
    note(message) {
      switch (message.type) {
        case 'say-finished':
          saidAt = message.at
          return
        case 'speech-start':
          isQuick = saidAt !== undefined && message.at - saidAt <= quickMs
          saidAt = undefined
          return
        case 'turn': {
          if (isQuick) turnIds.add(message.turnId)
          const [oldest] = turnIds
          if (turnIds.size > rememberedTurns && oldest !== undefined) turnIds.delete(oldest)
          return
        }
        default:
          return
      }
    },
  }
}
