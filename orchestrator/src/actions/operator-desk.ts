import type { CallRecord } from '@trunkline/contracts'
import type { Logger } from '@trunkline/telemetry'
import type { FastifyPluginAsync } from 'fastify'
import type { Config } from '../config.ts'
import { OrchestratorError } from '../errors.ts'
import { actionsRoute } from '../http/actions-route.ts'
import { createIdempotency } from '../http/idempotency.ts'
import { outboundRoute } from '../http/outbound-route.ts'
import type { LineStore } from '../lines/line-store.ts'
import { createOperatorToken } from '../livekit/operator-token.ts'
import type { SipApi } from '../livekit/sip-api.ts'
import { createDialResults, type DialResults } from '../outbound/dial-results.ts'
import { createDialer, type DialerOptions } from '../outbound/dialer.ts'
import { keys } from '../store/keys.ts'
import { createRedis } from '../store/redis.ts'
import {
  createOperatorActions,
  type OperatorActionsDeps,
  type OperatorAudit,
} from './operator-actions.ts'
import { createRelay } from './relay.ts'

export interface OperatorDeskDeps {
  readonly config: Config
  /** Name of this process in the calls' leases. */
  readonly holder: string
  readonly registry: OperatorActionsDeps['registry']
  readonly readCall: (callId: string) => Promise<CallRecord>
  readonly lines: Pick<LineStore, 'byId'>
  readonly dialResults: DialResults
  readonly sip: Pick<SipApi, 'dial'>
  readonly closeUnanswered: DialerOptions['closeUnanswered']
  readonly audit: (entry: OperatorAudit) => Promise<unknown>
  readonly logger: Logger
  readonly now: () => number
}

/** Everything operators can do to calls, over all replicas. */
export interface OperatorDesk {
  readonly routes: FastifyPluginAsync
  close(): void
}

export function createOperatorDesk(deps: OperatorDeskDeps): OperatorDesk {
  const { config, holder, registry, readCall, lines, dialResults, sip, closeUnanswered } = deps
  const { audit, logger, now } = deps
  const { url } = config.redis
  const { apiKey, apiSecret, publicUrl } = config.livekit
  const redis = createRedis(url, { logger })
  const relay = createRelay({ url, holder, logger, answer: (request) => actions.answer(request) })
  const idempotency = createIdempotency(redis)
  const actions = createOperatorActions({
    ...{ registry, readCall, relay, audit, now },
    async holderOf(callId) {
      try {
        return (await redis.hget(keys.lease(callId), 'holder')) ?? undefined
      } catch (cause) {
        throw new OrchestratorError('unavailable', 'the call store is away', { cause })
      }
    },
    createJoin: async (room, { name }) => ({
      server_url: publicUrl,
      participant_token: await createOperatorToken({ apiKey, apiSecret, room, name }),
      room,
    }),
  })
  const dialer = createDialer({
    ...{ livekit: config.livekit, sip, trunkId: config.outbound.trunkId, logger },
    ...{ lineOf: lines.byId, results: dialResults, closeUnanswered },
  })
  return {
    routes: async (app) => {
      await app.register(actionsRoute({ actions, idempotency }))
      await app.register(outboundRoute({ dialer, idempotency, audit, now }))
    },
    close() {
      relay.close()
      redis.disconnect()
    },
  }
}

/** The results of dialling, over a connection of its own. */
export function openDialResults(
  url: string,
  { logger }: { logger: Logger },
): DialResults & { close(): void } {
  const redis = createRedis(url, { logger })
  return { ...createDialResults(redis), close: () => redis.disconnect() }
}
