import { setTimeout as sleep } from 'node:timers/promises'
import { inBackground, withSignals } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import type { ClaimedDelivery, DeliveryQueue, Settled } from './delivery-queue.ts'
import type { Endpoint } from './endpoint.ts'
import type { Outcome } from './outcome.ts'

export interface DelivererDeps {
  readonly queue: DeliveryQueue
  /** The address as the line files have it now; undefined when none has it. */
  readonly findEndpoint: (id: string) => Endpoint | undefined
  readonly send: (
    endpoint: Endpoint,
    delivery: ClaimedDelivery,
    options: { signal: AbortSignal },
  ) => Promise<Outcome>
  readonly toRetryDelayMs: (
    attempt: number,
    options: { retryAfterMs?: number | undefined },
  ) => number
  readonly logger: Logger
  readonly onSettled: (settled: Settled, options: { ms: number }) => void
  /** Messages under way to one address: one that hangs holds up nobody else. */
  readonly perEndpoint: number
  readonly pollMs: number
}

export interface Deliverer {
  /** Something may be due: looks at once instead of at the next poll. */
  wake(): void
  /** Stops taking messages, breaks off those under way and gives them back. */
  close(): Promise<void>
}

/** Longer than any attempt, so that a message is not sent twice because it was slow. */
const leaseMs = 60_000
const retryDatabaseMs = 1000
const unknownDelayMs = 60_000

/** Sends what is due until it is closed. */
export function startDeliverer(deps: DelivererDeps): Deliverer {
  const { queue, findEndpoint, send, logger, perEndpoint, pollMs } = deps
  const closing = new AbortController()
  const { signal } = closing
  const underWay = new Map<string, Set<Promise<void>>>()
  let hasNews = false
  let pause = new AbortController()
  const wake = () => {
    hasNews = true
    pause.abort()
  }

  const attempt = async (endpoint: Endpoint | undefined, delivery: ClaimedDelivery) => {
    // Another replica may know the address already, or the line file may come back: tried like any other fault.
    if (!endpoint) return { kind: 'failed', fault: 'no-endpoint' } as const
    return send(endpoint, delivery, { signal })
  }

  const deliver = async (delivery: ClaimedDelivery) => {
    const startedAt = performance.now()
    const endpoint = findEndpoint(delivery.endpoint)
    const { messageId, attempts, endpoint: endpointId } = delivery
    let outcome: Outcome
    try {
      outcome = await attempt(endpoint, delivery)
    } catch (error) {
      if (!signal.aborted) throw error
      await queue.release(delivery)
      return
    }
    const retryAfterMs = outcome.kind === 'failed' ? outcome.retryAfterMs : undefined
    const backoffMs = deps.toRetryDelayMs(attempts, { retryAfterMs })
    const retryDelayMs = endpoint ? backoffMs : Math.max(unknownDelayMs, backoffMs)
    const settled = await queue.settle(delivery, outcome, { retryDelayMs, endpoint })
    deps.onSettled(settled, { ms: performance.now() - startedAt })
    const fields = { messageId, endpoint: endpointId, attempts, ...outcome }
    if (settled === 'delivered') logger.debug(fields, 'webhook delivered')
    else if (settled === 'retried') logger.info(fields, 'webhook is tried again')
    else logger.warn({ ...fields, settled }, 'webhook not delivered')
  }

  const launch = (delivery: ClaimedDelivery) => {
    const running = underWay.get(delivery.endpoint) ?? new Set()
    underWay.set(delivery.endpoint, running)
    const done = deliver(delivery)
      // Its lease runs out, and it is sent again.
      .catch((error: unknown) => logger.warn({ err: error }, 'webhook attempt not written'))
      .finally(() => {
        running.delete(done)
        if (running.size === 0) underWay.delete(delivery.endpoint)
        wake()
      })
    running.add(done)
  }

  const takeDue = async () => {
    for (const endpoint of await queue.dueEndpoints()) {
      const limit = perEndpoint - (underWay.get(endpoint)?.size ?? 0)
      if (limit <= 0 || signal.aborted) continue
      for (const delivery of await queue.claim(endpoint, { limit, leaseMs })) launch(delivery)
    }
  }

  const run = async () => {
    while (!signal.aborted) {
      hasNews = false
      let waitMs = pollMs
      try {
        await takeDue()
      } catch (error) {
        logger.debug({ err: error }, 'sending webhooks waits for the database')
        waitMs = Math.max(pollMs, retryDatabaseMs)
      }
      if (hasNews) continue
      pause = new AbortController()
      // Woken or closed: the loop looks which.
      await withSignals([signal, pause.signal], {}, (paused) =>
        sleep(waitMs, undefined, { signal: paused }),
      ).catch(() => undefined)
    }
  }
  const running = run()
  inBackground(running, { onError: (error) => logger.error({ err: error }, 'webhooks stopped') })

  return {
    wake,
    async close() {
      closing.abort()
      await running
      await Promise.all([...underWay.values()].flatMap((attempts) => [...attempts]))
    },
  }
}
