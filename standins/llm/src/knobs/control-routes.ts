import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { ApiError } from '../errors.ts'
import type { KnobQueue } from './knob-queue.ts'
import { knobs } from './knobs.ts'
import type { RequestLog } from './request-log.ts'

const order = knobs.extend({ count: z.coerce.number().int().min(1).max(1_000_000).default(1) })

/** `/control`: what the next requests get; `/control/requests`: what the last ones were. */
export function controlRoutes(deps: { queue: KnobQueue; log: RequestLog }) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get('/control', async () => ({ queue: deps.queue.list() }))
    app.post('/control', async (request) => {
      const parsed = order.safeParse(request.body)
      if (!parsed.success) throw new ApiError(400, z.prettifyError(parsed.error))
      const { count, ...set } = parsed.data
      deps.queue.push(set, count)
      return { queue: deps.queue.list() }
    })
    app.delete('/control', async () => {
      deps.queue.clear()
      return { queue: [] }
    })
    app.get('/control/requests', async () => ({ requests: deps.log.list() }))
    app.delete('/control/requests', async () => {
      deps.log.clear()
      return { requests: [] }
    })
  }
}
