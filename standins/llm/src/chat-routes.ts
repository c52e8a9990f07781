import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Chat, Reply } from './chat.ts'
import type { Config } from './config.ts'
import { ApiError } from './errors.ts'
import type { KnobQueue } from './knobs/knob-queue.ts'
import { type Knobs, readKnobHeaders } from './knobs/knobs.ts'
import type { RequestLog } from './knobs/request-log.ts'
import type { Metrics } from './metrics.ts'
import { type ChunkBase, deltaChunk, finishChunk, roleChunk, usageChunk } from './wire/chunks.ts'
import { toCompletion } from './wire/completion.ts'
import { type Generation, toGeneration } from './wire/deltas.ts'
import { CutError, streamDeltas } from './wire/generate.ts'
import { toModelList } from './wire/model-list.ts'
import { readChatRequest } from './wire/request.ts'
import { SseWriter } from './wire/sse.ts'
import { toTokens, toUsage, type Usage } from './wire/tokens.ts'

export interface ChatDeps {
  readonly config: Pick<Config, 'model' | 'apiKey' | 'pace'>
  readonly queue: KnobQueue
  readonly log: RequestLog
  readonly metrics: Metrics
  readonly answer: (chat: Chat) => Reply
  /** Aborts when the server closes. */
  readonly signal: AbortSignal
}

/** `/v1/models` and `/v1/chat/completions`. */
export function chatRoutes(deps: ChatDeps) {
  const created = Math.floor(Date.now() / 1000)
  return async (app: FastifyInstance): Promise<void> => {
    app.addHook('onRequest', async (request) => {
      const { apiKey } = deps.config
      if (apiKey !== undefined && request.headers.authorization !== `Bearer ${apiKey}`) {
        throw new ApiError(401, 'the API key is missing or wrong')
      }
    })
    app.get('/models', async () => toModelList(deps.config.model.id, created))
    app.post('/chat/completions', async (request, reply) => {
      deps.log.add({ at: Date.now(), headers: request.headers, body: request.body })
      const knobs = { ...deps.queue.take(), ...readKnobHeaders(request.headers) }
      deps.metrics.requestStarted()
      let outcome: Parameters<Metrics['requestFinished']>[0] = 'refused'
      const over = new AbortController()
      const { signal } = over
      const leave = () => over.abort()
      reply.raw.once('close', leave)
      // Not AbortSignal.any: Node 22 keeps one for every request.
      deps.signal.addEventListener('abort', leave, { once: true })
      if (deps.signal.aborted) leave()
      try {
        refuseOnRequest(knobs)
        const parsed = readChatRequest(request.body)
        if (deps.config.model.isStrict && parsed.model !== deps.config.model.id) {
          throw new ApiError(404, 'the model does not exist', { param: 'model' })
        }
        const base = {
          id: `chatcmpl-${randomUUID()}`,
          model: parsed.model,
          created: Math.floor(Date.now() / 1000),
          includesUsage: parsed.includesUsage,
        }
        const answer = deps.answer(parsed.chat)
        const generation = toGeneration(answer, knobs, parsed.maxTokens)
        const usage = toUsage(countPromptTokens(request.body), generation.deltas.length)
        const options = { pace: { ...deps.config.pace, ...paceOf(knobs) }, knobs, signal }
        outcome = 'aborted'
        if (parsed.isStream) {
          reply.hijack()
          await stream(reply, { base, generation, usage, options })
        } else {
          // Drained for its pace alone: the body goes out in one piece.
          for await (const _ of streamDeltas(generation, options));
          await reply.send(toCompletion(base, generation, usage))
        }
        outcome = 'ok'
        deps.metrics.tokensSent(generation.deltas.length)
        deps.metrics.toolsCalled(answer.calls.length)
      } catch (error) {
        if (error instanceof ApiError) throw error
        if (!(error instanceof CutError || signal.aborted || reply.sent)) throw error
        if (error instanceof CutError) outcome = 'cut'
        reply.hijack()
        reply.raw.destroy()
      } finally {
        deps.signal.removeEventListener('abort', leave)
        deps.metrics.requestFinished(outcome)
      }
      return reply
    })
  }
}

async function stream(
  reply: FastifyReply,
  reply_: {
    base: ChunkBase
    generation: Generation
    usage: Usage
    options: Parameters<typeof streamDeltas>[1]
  },
): Promise<void> {
  const { base, generation, usage, options } = reply_
  const writer = new SseWriter(reply.raw, options.signal)
  writer.start()
  let isFirst = true
  for await (const delta of streamDeltas(generation, options)) {
    if (isFirst) await writer.send(roleChunk(base))
    isFirst = false
    await writer.send(deltaChunk(base, delta))
  }
  if (isFirst) await writer.send(roleChunk(base))
  await writer.send(finishChunk(base, generation.finishReason))
  if (base.includesUsage) await writer.send(usageChunk(base, usage))
  await writer.send('[DONE]')
  writer.end()
}

function refuseOnRequest(knobs: Knobs): void {
  if (knobs.status === undefined) return
  const headers: Record<string, string> =
    knobs.status === 429 ? { 'retry-after': String(knobs.retryAfterSeconds ?? 1) } : {}
  throw new ApiError(knobs.status, 'refused on request', { headers })
}

function paceOf(knobs: Knobs): Partial<Config['pace']> {
  return {
    ...(knobs.ttftMs === undefined ? {} : { ttftMs: knobs.ttftMs }),
    ...(knobs.tokensPerSecond === undefined ? {} : { tokensPerSecond: knobs.tokensPerSecond }),
  }
}

function countPromptTokens(body: unknown): number {
  return toTokens(JSON.stringify(body)).length
}
