import { Readable } from 'node:stream'
import { synthesizeHeaders, synthesizeRequest } from '@trunkline/contracts'
import { joinSignals } from '@trunkline/runtime'
import { inSpan, type Logger } from '@trunkline/telemetry'
import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { httpStatus, TtsError, toTtsError } from './errors.ts'
import type { Metrics } from './metrics.ts'
import type { Synthesis, Synthesizer } from './synthesizer.ts'
import type { VoiceList } from './voice-list.ts'

export interface HttpDeps {
  readonly synthesizer: Synthesizer
  readonly voices: VoiceList
  readonly engineName: string
  readonly metrics: Metrics
  readonly logger: Logger
}

const wholeTimeoutMs = 60_000

/** `POST /synthesize` and `GET /voices`. */
export const synthesisRoutes =
  ({ synthesizer, voices, engineName, metrics, logger }: HttpDeps): FastifyPluginAsync =>
  async (app) => {
    app.setErrorHandler(async (error, _request, reply) => {
      if (reply.raw.destroyed) return reply.hijack() // the client left: no failure, nobody to tell
      const fault = isClientFault(error)
        ? new TtsError('bad-request', error.message)
        : toTtsError(error)
      metrics.failed(fault.code)
      if (fault.retryable) logger.warn({ code: fault.code, err: fault.cause }, 'synthesis failed')
      return reply.code(httpStatus[fault.code]).send({ code: fault.code, message: fault.message })
    })

    app.post('/synthesize', async (request, reply) => {
      const parsed = synthesizeRequest.safeParse(request.body)
      if (!parsed.success) throw new TtsError('bad-request', z.prettifyError(parsed.error))
      const left = new AbortController()
      // Also fires after a whole answer, when there is nothing left to abort.
      reply.raw.once('close', () => left.abort())
      const { signal } = joinSignals([left.signal], { timeoutMs: wholeTimeoutMs })
      const parent = request.headers['traceparent']?.toString()
      const synthesis = await inSpan('synthesize', { parent }, async (span) => {
        const started = await synthesizer.start(parsed.data, { signal })
        span.setAttributes({ engine: started.engine, cached: started.cached })
        return started
      })
      if (parsed.data.format === 'json') return toJson(synthesis)
      return reply
        .headers({
          'content-type': 'application/octet-stream',
          [synthesizeHeaders.sampleRate]: String(synthesis.sampleRateHz),
          [synthesizeHeaders.cache]: synthesis.cached ? 'hit' : 'miss',
          [synthesizeHeaders.engine]: synthesis.engine,
        })
        .send(Readable.from(synthesis.audio, { objectMode: false, highWaterMark: 256 * 1024 }))
    })

    app.get('/voices', async () => {
      const list = await voices.all(AbortSignal.timeout(5_000))
      return { voices: list.map((voice) => ({ ...voice, engine: engineName })) }
    })
  }

async function toJson({ audio, sampleRateHz, engine, cached }: Synthesis) {
  const chunks: Uint8Array[] = []
  for await (const chunk of audio) chunks.push(chunk)
  const whole = Buffer.concat(chunks)
  const durationMs = (whole.byteLength / 2 / sampleRateHz) * 1000
  return { audio: whole.toString('base64'), sampleRateHz, durationMs, engine, cached }
}

function isClientFault(error: unknown): error is Error {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
  return typeof status === 'number' && status >= 400 && status < 500
}
