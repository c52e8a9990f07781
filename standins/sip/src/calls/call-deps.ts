import { inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import type { Call } from '@trunkline/telephony'
import type { Config } from '../config.ts'
import type { Directory } from '../livekit/directory.ts'
import type { RoomLeg } from '../livekit/room-leg.ts'
import type { RoomLegs } from '../livekit/room-legs.ts'
import type { Metrics } from '../metrics.ts'
import { bridge } from './bridge.ts'
import type { CallRegistry } from './call-registry.ts'

/** What calls of either direction work with. */
export interface CallDeps {
  readonly config: Config
  readonly directory: Directory
  readonly registry: CallRegistry
  readonly legs: RoomLegs
  readonly metrics: Metrics
  readonly logger: Logger
  /** Aborts when the gateway closes: calls that are not up yet are given up. */
  readonly closing: AbortSignal
}

/** The longest a call may last, and how long it does where nothing else is said. */
const dayMs = 24 * 3600 * 1000

/** Joins an answered call with its room, counts it, and forgets it when it is over. */
export function startBridge(
  { config, metrics, logger }: CallDeps,
  options: {
    readonly call: Call
    readonly leg: RoomLeg
    readonly id: string
    readonly direction: 'inbound' | 'outbound'
    readonly mediaTimeoutMs: number | undefined
    readonly maxDurationMs: number | undefined
    readonly forget: () => void
  },
): void {
  const { call, leg, id, direction, mediaTimeoutMs, maxDurationMs, forget } = options
  const { initialMs, laterMs } = config.mediaTimeout
  metrics.callStarted(direction)
  bridge({
    ...{ call, leg },
    timeouts: { initialMs, laterMs: mediaTimeoutMs ?? laterMs },
    maxDurationMs: Math.min(maxDurationMs ?? dayMs, dayMs),
    now: () => performance.now(),
    onError: (error) => logger.warn({ callId: id, name: nameOf(error) }, 'part of a call failed'),
    onEnd(by) {
      forget()
      metrics.callEnded(direction, by)
      const { unknown, refused } = call.mediaCounts
      metrics.packetsIgnored('payload-type', unknown)
      metrics.packetsIgnored('stray', refused)
      logger.info({ callId: id, direction, by }, 'call ended')
    },
  })
}

/** Runs a participant's leaving where nobody waits for it. */
export function leaveInBackground(leg: RoomLeg, logger: Logger): void {
  inBackground(leg.leave(), {
    onError: (error) => logger.warn({ name: nameOf(error) }, 'the room was not left well'),
  })
}

/** An error's class and code; messages of the network may hold an address or a number. */
export function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  return 'code' in error ? `${error.name} ${String(error.code)}` : error.name
}
