import type { Logger } from '@trunkline/telemetry'
import type { Redis } from 'ioredis'
import type { WebhookEvent } from '../livekit/webhook-event.ts'
import { createBatchQueue } from './batch-queue.ts'
import { createSeenIds } from './seen-ids.ts'

/** LiveKit's webhooks, each handled once by one replica. */
export interface WebhookIntake {
  /** False when the queue is full: livekit-server sends the event again. Never waits. */
  take(event: WebhookEvent): boolean
  close(): Promise<void>
}

export interface WebhookIntakeDeps {
  readonly redis: Pick<Redis, 'pipeline'>
  readonly logger: Logger
  /** Given each event once, in the order of arrival. Must not throw. */
  readonly onEvent: (event: WebhookEvent) => void
  readonly onOutcome: (outcome: 'handled' | 'duplicate' | 'refused', count: number) => void
}

/** livekit-server tries an event for 15 s, and what is older than five minutes is refused. */
const ttlSeconds = 600
/** Two seconds of the fastest webhooks. */
const capacity = 10_000
const batchSize = 250

export function createWebhookIntake(deps: WebhookIntakeDeps): WebhookIntake {
  const { redis, logger, onEvent, onOutcome } = deps
  const seen = createSeenIds({ redis, prefix: 'webhook:', ttlSeconds })
  /** While Redis is away each replica goes by its own memory: an event is a hint, and may come twice. */
  const seenAlone = new Set<string>()

  const handle = (events: readonly WebhookEvent[], isNew: (index: number) => boolean) => {
    const fresh = events.filter((_event, index) => isNew(index))
    for (const event of fresh) onEvent(event)
    onOutcome('handled', fresh.length)
    onOutcome('duplicate', events.length - fresh.length)
  }
  const isNewHere = ({ id }: WebhookEvent) => {
    if (seen.has(id) || seenAlone.has(id)) return false
    seenAlone.add(id)
    const [oldest] = seenAlone
    if (seenAlone.size > capacity && oldest !== undefined) seenAlone.delete(oldest)
    return true
  }

  const queue = createBatchQueue<WebhookEvent>({
    capacity,
    batchSize,
    async run(batch) {
      const isNew = await seen.add(batch.map(({ id }) => id))
      handle(batch, (index) => isNew[index] === true)
    },
    onError(error, batch) {
      const name = error instanceof Error ? error.name : ''
      logger.debug({ error: name }, 'webhooks are told apart without redis')
      const isNew = batch.map(isNewHere)
      handle(batch, (index) => isNew[index] === true)
    },
  })

  return {
    take(event) {
      const isTaken = queue.push(event)
      if (!isTaken) onOutcome('refused', 1)
      return isTaken
    },
    async close() {
      await queue.drain({ timeoutMs: 1000 })
      queue.close()
    },
  }
}
