import { AudioEncoding } from '@trunkline/riva'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { defaultEndpointing } from './asr/endpointing.ts'
import type { AsrEngines } from './asr/engines.ts'
import { chooseModel } from './asr/models.ts'
import { recognizeWhole } from './asr/whole-recording.ts'
import { SpeechError, type SpeechErrorCode } from './errors.ts'

const maxBodyBytes = 96 * 1024 * 1024

const statusCodes: Readonly<Record<SpeechErrorCode, number>> = {
  'invalid-request': 400,
  unavailable: 503,
  overloaded: 429,
  stalled: 504,
  preempted: 503,
}

/** `POST /v1/audio/transcriptions` as OpenAI's clients call it: a WAV file as multipart form data. */
export const transcriptionRoutes =
  ({ engines }: { readonly engines: AsrEngines }): FastifyPluginAsync =>
  async (app) => {
    app.addContentTypeParser<Buffer>(
      'multipart/form-data',
      { parseAs: 'buffer', bodyLimit: maxBodyBytes },
      async (request: FastifyRequest, body: Buffer) =>
        // Node reads multipart itself, by the same code as fetch.
        new Response(new Uint8Array(body), {
          headers: { 'content-type': request.headers['content-type'] ?? '' },
        }).formData(),
    )

    app.post('/v1/audio/transcriptions', { bodyLimit: maxBodyBytes }, async (request, reply) => {
      const form = request.body
      const file = form instanceof FormData ? form.get('file') : undefined
      if (!(form instanceof FormData) || !(file instanceof File)) {
        return refuse(reply, 400, 'a multipart form with a file is needed')
      }
      const field = (name: string) => {
        const value = form.get(name)
        return typeof value === 'string' ? value : ''
      }
      const format = field('response_format') || 'json'
      if (!['json', 'text', 'verbose_json'].includes(format)) {
        return refuse(reply, 400, 'response_format must be json, text or verbose_json')
      }
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      try {
        // OpenAI's names of models mean nothing here: there is one.
        const language = chooseModel({
          languageCode: field('language'),
          model: '',
          type: 'offline',
        })
        const finals = await recognizeWhole(engines, new Uint8Array(await file.arrayBuffer()), {
          format: {
            encoding: AudioEncoding.ENCODING_UNSPECIFIED,
            sampleRateHz: 0,
            channelCount: 1,
          },
          endpointing: defaultEndpointing,
          boosts: [],
          signal: gone.signal,
        })
        const text = finals.map((final) => final.text).join(' ')
        if (format === 'text') return reply.type('text/plain; charset=utf-8').send(`${text}\n`)
        if (format === 'json') return { text }
        return {
          task: 'transcribe',
          language,
          text,
          duration: finals.at(-1)?.audioProcessedSeconds ?? 0,
        }
      } catch (error) {
        if (!(error instanceof SpeechError)) throw error
        return refuse(reply, statusCodes[error.code], error.message)
      }
    })
  }

function refuse(reply: FastifyReply, status: number, message: string) {
  return reply.code(status).send({ error: { message, type: 'invalid_request_error' } })
}
