import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import { OrchestratorError } from '../errors.ts'
import type { Identify } from './authorize.ts'

export interface GuardOptions {
  readonly identify: Identify
  /** Requests a minute and replica: with one token, and from one address without any that is known. */
  readonly limits: { readonly perToken: number; readonly perAddress: number }
}

/** Not limited: probes, scrapes and LiveKit's signed webhooks, which have a bounded queue of their own. */
const unlimited: readonly (string | undefined)[] = [
  '/healthz',
  '/readyz',
  '/metrics',
  '/v1/livekit/webhook',
]
const rememberedKeys = 10_000

/** What stands before every route: security headers, and a limit of requests for each token and address. */
export async function addGuards(
  app: FastifyInstance,
  { identify, limits }: GuardOptions,
): Promise<void> {
  await app.register(helmet, {
    // Answers are data. A page brings a policy of its own.
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
  })
  await app.register(rateLimit, {
    global: false,
    timeWindow: 60_000,
    cache: rememberedKeys,
    allowList: (request) => unlimited.includes(request.routeOptions.url),
    // A token nobody has counts for its address: guessing does not open a new account each time.
    keyGenerator: async (request) => {
      const principal = await identify(request)
      return principal ? `token ${principal.role} ${principal.name}` : `address ${request.ip}`
    },
    max: (_request, key) => toMax(key, limits),
    errorResponseBuilder: (_request, { ttl }) =>
      new OrchestratorError(
        'too-many-requests',
        `too many requests: come again in ${Math.ceil(ttl / 1000)} s`,
      ),
  })
  // A hook of the root runs before those of the routes: who guesses tokens is counted as well.
  app.addHook('onRequest', app.rateLimit())
}

/** A refused agent is a lost call, and event senders have a bounded queue of their own. */
function toMax(key: string, { perToken, perAddress }: GuardOptions['limits']): number {
  if (key.startsWith('token agent ') || key.startsWith('token events '))
    return Number.MAX_SAFE_INTEGER
  return key.startsWith('token ') ? perToken : perAddress
}
