import fastify, { type FastifyError, LogController } from 'fastify'
import type { Chat, Reply } from './chat.ts'
import { chatRoutes } from './chat-routes.ts'
import type { Config } from './config.ts'
import { createReply } from './dialogue/reply.ts'
import { ApiError } from './errors.ts'
import { healthRoutes } from './health-routes.ts'
import { controlRoutes } from './knobs/control-routes.ts'
import { KnobQueue } from './knobs/knob-queue.ts'
import { RequestLog } from './knobs/request-log.ts'
import { createMetrics } from './metrics.ts'

export interface Service {
  /** Base of the OpenAI routes is `${url}/v1`. */
  readonly url: string
  close(): Promise<void>
}

const keptRequests = 200
const maxBodyBytes = 8 * 1024 * 1024

/** Builds and starts the server. `overrides.now` is used when the system message names no date. */
export async function createService(
  config: Config,
  overrides: { now?: () => Date; answer?: (chat: Chat) => Reply } = {},
): Promise<Service> {
  const now = overrides.now ?? (() => new Date())
  const answer = overrides.answer ?? ((chat: Chat) => createReply(chat, now()))
  const queue = new KnobQueue()
  const log = new RequestLog(keptRequests)
  const metrics = createMetrics()
  const closing = new AbortController()
  const app = fastify({
    logger: { level: config.log.level },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: maxBodyBytes,
    forceCloseConnections: true,
  })
  app.setErrorHandler((error: FastifyError | ApiError, _request, reply) => {
    const refusal = toApiError(error)
    if (refusal.status >= 500 && refusal !== error) app.log.error({ err: error }, 'request failed')
    return reply.code(refusal.status).headers(refusal.headers).send(refusal.toBody())
  })
  app.setNotFoundHandler((_request, reply) => {
    const refusal = new ApiError(404, 'no such route')
    return reply.code(404).send(refusal.toBody())
  })
  await app.register(healthRoutes({ metrics }))
  await app.register(controlRoutes({ queue, log }))
  await app.register(chatRoutes({ config, queue, log, metrics, answer, signal: closing.signal }), {
    prefix: '/v1',
  })
  const url = await app.listen({ host: config.http.host, port: config.http.port })
  return {
    url,
    close: async () => {
      closing.abort()
      await app.close()
    },
  }
}

function toApiError(error: FastifyError | ApiError): ApiError {
  if (error instanceof ApiError) return error
  const status = error.statusCode ?? 500
  return status < 500 ? new ApiError(status, error.message) : new ApiError(500, 'internal error')
}
