import type { Logger } from '@trunkline/telemetry'
import type { Redis } from 'ioredis'
import type { CallRegistry } from '../calls/call-registry.ts'
import type { RoomEvents } from '../livekit/room-events.ts'
import type { Metrics } from '../metrics.ts'
import type { AppendLate } from '../store/append-late.ts'
import type { CallStore } from '../store/call-store.ts'
import type { ExternalTranscript } from './call-inbox.ts'
import { createEventIntake, type EventIntake } from './event-intake.ts'
import { createInbox } from './inbox.ts'
import { createInboxReader } from './inbox-reader.ts'
import { createWebhookIntake, type WebhookIntake } from './webhook-intake.ts'

/** Everything that comes in by itself: LiveKit's webhooks and other programs' events. */
export interface Intake {
  readonly webhooks: WebhookIntake
  readonly events: EventIntake
  close(): Promise<void>
}

export interface IntakeDeps {
  readonly redis: Redis
  readonly redisUrl: string
  readonly registry: CallRegistry
  readonly store: CallStore
  readonly appendLate: AppendLate
  readonly roomEvents: RoomEvents
  readonly onTranscript: (transcript: ExternalTranscript) => void
  readonly metrics: Pick<Metrics, 'webhook' | 'externalEvents'>
  readonly logger: Logger
}

/** How long a missing event of a sequence is waited for. */
const gapMs = 1000

export function createIntake(deps: IntakeDeps): Intake {
  const { redis, redisUrl, registry, store, roomEvents, onTranscript, metrics, logger } = deps
  const webhooks = createWebhookIntake({
    ...{ redis, logger, onOutcome: metrics.webhook },
    onEvent: (event) => roomEvents.take(event),
  })
  const inbox = createInbox({ redis, appendLate: deps.appendLate })
  const reader = createInboxReader({
    ...{ inbox, redisUrl, registry, store, onTranscript, logger, gapMs },
    now: () => performance.now(),
    onOutcome: (outcome) => metrics.externalEvents(outcome, 1),
    onSettled: (count) => metrics.externalEvents('after-end', count),
  })
  return {
    webhooks,
    events: createEventIntake({
      ...{ inbox, registry },
      onOutcome: (outcome) => metrics.externalEvents(outcome, 1),
    }),
    async close() {
      await reader.close()
      await webhooks.close()
    },
  }
}
