import { randomUUID } from 'node:crypto'
import { type DisposalStack, epochNow } from '@trunkline/runtime'
import { createLogger, createRegistry, type Logger, type Registry } from '@trunkline/telemetry'
import type { Config } from './config.ts'
import { type CallerIntents, createCallerIntents } from './intents/caller-intents.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import type { Overrides } from './overrides.ts'

/** What every part of the service is built on. */
export interface Foundation {
  readonly config: Config
  readonly overrides: Overrides
  readonly logger: Logger
  readonly metricsRegistry: Registry
  readonly metrics: Metrics
  readonly intents: CallerIntents
  /** Name of this process in the calls' leases. */
  readonly holder: string
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Aborts when the service closes. */
  readonly closing: AbortController
  /** Every part defers its own end here. */
  readonly stack: DisposalStack
}

/** How long a start waits for Redis; without it the service starts all the same, unready. */
export const firstConnectMs = 2000

export function createFoundation(
  config: Config,
  { overrides, stack }: Pick<Foundation, 'overrides' | 'stack'>,
): Foundation {
  const metricsRegistry = createRegistry()
  const metrics = createMetrics(metricsRegistry, { models: [config.llm.model] })
  return {
    ...{ config, overrides, stack, metricsRegistry, metrics },
    logger: overrides.logger ?? createLogger('orchestrator', config.log),
    intents: createCallerIntents({ onIntent: metrics.callerIntent }),
    holder: randomUUID(),
    now: epochNow,
    closing: new AbortController(),
  }
}
