import { buildOrClose, closeHttp, type DisposalStack, inBackground } from '@trunkline/runtime'
import { healthRoutes, type Logger } from '@trunkline/telemetry'
import { createPhone, type IncomingCall, type UdpAddress } from '@trunkline/telephony'
import fastify from 'fastify'
import { RoomServiceClient } from 'livekit-server-sdk'
import { createAuthorize } from './api/authorize.ts'
import { twirpRoutes } from './api/twirp-routes.ts'
import { nameOf } from './calls/call-deps.ts'
import { createCallRegistry } from './calls/call-registry.ts'
import { createDoorkeeper } from './calls/challenge.ts'
import { takeCall } from './calls/inbound-call.ts'
import { dialOut } from './calls/outbound-call.ts'
import { createTransfers } from './calls/transfers.ts'
import type { Config } from './config.ts'
import { createDirectory } from './livekit/directory.ts'
import { createRoomLegs } from './livekit/room-legs.ts'
import { createMetrics } from './metrics.ts'
import { newCallId } from './routing/random-name.ts'

export interface Service {
  /** Of the SIP API: what `LIVEKIT_SIP_API_URL` is set to. */
  readonly url: string
  /** Where INVITEs are sent to, over UDP. */
  readonly sip: UdpAddress
  /** Hangs up every call and closes. */
  close(): Promise<void>
}

/** Builds the gateway and listens. @throws when a port is taken */
export function createService(
  config: Config,
  { logger }: { readonly logger: Logger },
): Promise<Service> {
  return buildOrClose((stack) => startService(config, { logger, stack }))
}

async function startService(
  config: Config,
  { logger, stack }: { readonly logger: Logger; readonly stack: DisposalStack },
): Promise<Service> {
  const closing = new AbortController()
  const metrics = createMetrics()
  const registry = createCallRegistry()
  const directory = createDirectory(config.livekit)
  const legs = createRoomLegs(config.livekit)
  stack.defer(() => legs.close())
  const doorkeeper = createDoorkeeper({ now: () => Date.now() })
  const { url: livekitUrl, apiKey, apiSecret } = config.livekit
  const rooms = new RoomServiceClient(livekitUrl.replace(/^ws/, 'http'), apiKey, apiSecret)
  const deps = {
    ...{ config, directory, registry, legs, metrics, logger },
    closing: closing.signal,
  }
  const onIncoming = (incoming: IncomingCall) => {
    if (closing.signal.aborted) return incoming.reject(503)
    const onError = (error: unknown) => logger.error({ name: nameOf(error) }, 'a call failed')
    inBackground(takeCall(deps, { incoming, doorkeeper }), { onError })
  }
  const { host, port, rtpPorts, advertisedHost } = config.sip
  const phone = await createPhone({
    ...{ host, port, rtpPorts, onIncoming, newTag: newCallId },
    ...(advertisedHost !== undefined && { advertisedHost }),
    codecs: ['G722', 'PCMU', 'PCMA'],
    prefer: 'ours',
    holds: 'ignored',
    badOfferStatus: 400,
    userAgent: 'trunkline-sip-standin',
    onFault: () => metrics.sipIgnored(),
  })
  stack.defer(() => phone.close())
  stack.defer(() => closing.abort())

  const isPresent = async (room: string, identity: string) => {
    const present = await rooms.listParticipants(room).catch(() => [])
    return present.some((participant) => participant.identity === identity)
  }
  const app = fastify({ logger: false, bodyLimit: 256 * 1024, forceCloseConnections: 'idle' })
  stack.defer(() => closeHttp(app, { drainMs: 1_000 }))
  const unreadyReason = async () => {
    if (closing.signal.aborted) return 'the gateway is closing'
    const routes = await directory.routes().catch(() => undefined)
    return routes ? undefined : 'livekit-server does not answer'
  }
  await app.register(healthRoutes({ registry: metrics.registry, unreadyReason }))
  await app.register(
    twirpRoutes({
      authorize: createAuthorize(config.livekit),
      dial: (request) => dialOut({ ...deps, phone }, request),
      transfer: createTransfers({ registry, metrics, isPresent }),
      logger,
    }),
  )
  const url = await app.listen(config.http)
  return { url, sip: phone.address, close: () => stack.close() }
}
