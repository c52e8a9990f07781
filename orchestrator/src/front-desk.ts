import type { DisposalStack } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import type { Config } from './config.ts'
import type { Dialogue } from './dialogue/dialogue.ts'
import type { LineStore } from './lines/line-store.ts'
import type { Metrics } from './metrics.ts'

export interface FrontDesk {
  readonly lines: LineStore
  readonly dialogue: Dialogue
  /** Keeps jobs of the call older than `epoch` from writing effects. */
  readonly fence: (call: { callId: string; epoch: number }) => Promise<void>
}

export interface FrontDeskDeps {
  readonly logger: Logger
  readonly metrics: Metrics
  readonly now: () => number
  readonly stack: DisposalStack
}

/** Lines, hotel and dialogue over one database. A dialogue that is brought along needs no database. */
export async function createFrontDesk(
  config: Config,
  brought: { readonly lines?: LineStore; readonly dialogue?: Dialogue },
  deps: FrontDeskDeps,
): Promise<FrontDesk> {
  if (brought.lines && brought.dialogue) {
    return { lines: brought.lines, dialogue: brought.dialogue, fence: async () => {} }
  }
  throw new Error(`not wired yet ${config.lines.dir} ${typeof deps.now}`)
}
