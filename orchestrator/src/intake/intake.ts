import type { Logger } from '@trunkline/telemetry'
import type { Redis } from 'ioredis'
import type { RoomEvents } from '../livekit/room-events.ts'
import type { Metrics } from '../metrics.ts'
import { createWebhookIntake, type WebhookIntake } from './webhook-intake.ts'

/** Everything that comes in by itself: LiveKit's webhooks and other programs' events. */
export interface Intake {
  readonly webhooks: WebhookIntake
  close(): Promise<void>
}

export interface IntakeDeps {
  readonly redis: Redis
  readonly roomEvents: RoomEvents
  readonly metrics: Pick<Metrics, 'webhook'>
  readonly logger: Logger
}

export function createIntake({ redis, roomEvents, metrics, logger }: IntakeDeps): Intake {
  const webhooks = createWebhookIntake({
    ...{ redis, logger, onOutcome: metrics.webhook },
    onEvent: (event) => roomEvents.take(event),
  })
  return {
    webhooks,
    async close() {
      await webhooks.close()
    },
  }
}
