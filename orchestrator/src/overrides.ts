import type { Logger } from '@trunkline/telemetry'
import type { AgentDispatch } from './dispatch/agent-dispatch.ts'
import type { DispatcherTimes } from './dispatch/dispatcher.ts'
import type { FrontDesk } from './front-desk.ts'
import type { ExternalTranscript } from './intake/call-inbox.ts'
import type { RoomInfo } from './livekit/room-info.ts'
import type { Rooms } from './livekit/rooms.ts'
import type { Prices } from './records/prices.ts'
import type { WebhookTiming } from './webhooks/create-webhooks.ts'

/** What a test may bring instead of the real thing. */
export interface Overrides {
  readonly logger?: Logger
  readonly frontDesk?: FrontDesk
  readonly rooms?: Rooms
  /** Sends agents; with `rooms` brought and without this, nobody is sent and lost calls end. */
  readonly agents?: AgentDispatch
  readonly dispatchTimes?: Partial<DispatcherTimes>
  /** How long a lost channel may take to come back; 10 s by default. */
  readonly channelGraceMs?: number
  /** How long the channel may take to say what a webhook has said already; 3 s by default. */
  readonly webhookGraceMs?: number
  /** How long owners' webhooks take and wait. */
  readonly webhookTiming?: Partial<WebhookTiming>
  /** What engines cost, without a database. */
  readonly prices?: Prices
  /** How often rooms and calls are compared; 3 s by default, and never with `rooms` brought. */
  readonly reconcileMs?: number
  /** Told of every route of the HTTP API. */
  readonly onRoute?: (route: { method: string | string[]; url: string }) => void
  /** Told of every room with a caller, as often as it is seen. */
  readonly onRoomSeen?: (room: RoomInfo) => void
  /** Given each final transcript of another recogniser's, once it is on record. */
  readonly onTranscript?: (transcript: ExternalTranscript) => void
  /** Given LiveKit's `EgressInfo` (protojson) when a recording has ended. */
  readonly onEgressEnded?: (info: Readonly<Record<string, unknown>>) => void
}
