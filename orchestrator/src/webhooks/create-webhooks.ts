import { randomUUID } from 'node:crypto'
import {
  ConfigError,
  createDisposalStack,
  findRegionFault,
  inBackground,
  type RegionOptions,
} from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import type { DatabaseClient, DatabaseTransaction } from '../database/database.ts'
import type { LineStore } from '../lines/line-store.ts'
import type { Metrics } from '../metrics.ts'
import type { Redact } from '../records/text-policy.ts'
import { toRetryDelayMs } from './backoff.ts'
import { startDeliverer } from './deliverer.ts'
import { createDeliveryList, type DeliveryList } from './delivery-list.ts'
import { createDeliveryQueue } from './delivery-queue.ts'
import { type Endpoint, findEndpoint, toEndpoints } from './endpoint.ts'
import { type EnqueueRequest, enqueueDeliveries } from './enqueue.ts'
import { createGuardedAgent, type ResolveAll } from './guarded-agent.ts'
import { createAddressRules } from './private-addresses.ts'
import { createSecretReader } from './secrets.ts'
import { send } from './send.ts'

/** Messages to the owners of lines. */
export interface Webhooks extends Pick<DeliveryList, 'list' | 'replay' | 'switchOn'> {
  /**
   * The transactional outbox: to be called in the transaction that writes the event on record, for each event of a call
   * in order; again is harmless.
   */
  enqueue(tx: DatabaseTransaction, request: EnqueueRequest): Promise<void>
  /** Sends what was enqueued at once; without it the next look finds it. */
  wake(): void
  status(): ReturnType<DeliveryList['status']>
  close(): Promise<void>
}

export interface WebhooksDeps {
  readonly client: DatabaseClient
  readonly lines: Pick<LineStore, 'byId' | 'all'>
  readonly linesDir: string
  readonly settings: {
    /** Values of the environment variables WEBHOOK_SECRET…; */
    readonly secrets: Readonly<Record<string, string>>
    /** Networks, addresses and hosts that may be private and spoken to without TLS. */
    readonly allowPrivate: readonly string[]
  }
  /** DATA_REGION and its hosts. */
  readonly region: RegionOptions
  readonly redact: Redact
  readonly metrics: Pick<Metrics, 'webhookSettled'>
  readonly logger: Logger
  readonly now: () => number
  /** For tests; see the defaults below. */
  readonly timing?: Partial<WebhookTiming>
  readonly resolve?: ResolveAll
}

export interface WebhookTiming {
  readonly timeoutMs: number
  readonly pollMs: number
  readonly giveUpAfterMs: number
  readonly toRetryDelayMs: (
    attempt: number,
    options: { retryAfterMs?: number | undefined },
  ) => number
}

const dayMs = 86_400_000
const usual: WebhookTiming = {
  timeoutMs: 10_000,
  pollMs: 1000,
  giveUpAfterMs: dayMs,
  toRetryDelayMs: (attempt, options) =>
    toRetryDelayMs(attempt, { random: Math.random(), ...options }),
}
const perEndpoint = 4
const pruneEveryMs = 3_600_000
/** Delivered rows keep their message's id only, so that an event that comes again is known. */
const keep = { deliveredMs: 7 * dayMs, deadMs: 30 * dayMs } as const

/** @throws {ConfigError} when an address lies outside of DATA_REGION */
export function createWebhooks(deps: WebhooksDeps): Webhooks {
  const { client, lines, linesDir, settings, region, redact, metrics, logger, now, resolve } = deps
  refuseOutsideRegion(lines.all().flatMap(toEndpoints), region)
  const { timeoutMs, pollMs, giveUpAfterMs, toRetryDelayMs } = { ...usual, ...deps.timing }
  const stack = createDisposalStack()
  const rules = createAddressRules(settings.allowPrivate)
  const dispatcher = createGuardedAgent({
    ...{ rules, connectTimeoutMs: timeoutMs, connections: perEndpoint },
    ...(resolve === undefined ? {} : { resolve }),
  })
  stack.defer(() => dispatcher.destroy())
  const secrets = createSecretReader({ variables: settings.secrets, linesDir })
  const queue = createDeliveryQueue(client, randomUUID())
  const deliverer = startDeliverer({
    ...{ queue, logger, perEndpoint, pollMs, toRetryDelayMs },
    findEndpoint: (id) => findEndpoint(id, lines),
    send: (endpoint, { messageId: id, body }, { signal }) =>
      send(
        { dispatcher, rules, secrets, region, now, timeoutMs },
        { endpoint, message: { id, body }, signal },
      ),
    onSettled: (settled, { ms }) => metrics.webhookSettled(settled, ms),
  })
  stack.defer(() => deliverer.close())

  const prune = () =>
    inBackground(queue.prune(keep), {
      onError: (error) => logger.warn({ err: error }, 'old webhooks not deleted'),
    })
  const timer = setInterval(prune, pruneEveryMs)
  timer.unref()
  stack.defer(() => clearInterval(timer))
  inBackground(reportUnsigned(lines.all().flatMap(toEndpoints), { secrets, logger }), {
    onError: (error) => logger.error({ err: error }, 'secrets of webhooks not read'),
  })

  const { list, replay, status, switchOn } = createDeliveryList(client, { giveUpAfterMs })
  return {
    async enqueue(tx, request) {
      const line = lines.byId(request.call.line)
      if (line) await enqueueDeliveries(tx, request, { line, redact, giveUpAfterMs })
    },
    wake: () => deliverer.wake(),
    list,
    async replay(id) {
      const replayed = await replay(id)
      deliverer.wake()
      return replayed
    },
    switchOn,
    status: () => status(lines.all().flatMap(toEndpoints)),
    close: () => stack.close(),
  }
}

function refuseOutsideRegion(endpoints: readonly Endpoint[], region: RegionOptions): void {
  const faults = endpoints.flatMap(({ id, url }) => {
    const fault = findRegionFault(url, region)
    return fault === undefined ? [] : [`webhook ${id}: ${fault}`]
  })
  if (faults.length > 0) throw new ConfigError(faults.join('\n'))
}

/** Says at the start what would otherwise only show with the first call. */
async function reportUnsigned(
  endpoints: readonly Endpoint[],
  { secrets, logger }: { secrets: ReturnType<typeof createSecretReader>; logger: Logger },
): Promise<void> {
  for (const { id, settings } of endpoints) {
    const keys = await secrets(settings)
    if (!keys) logger.error({ endpoint: id }, 'webhook has no sound secret')
  }
}
