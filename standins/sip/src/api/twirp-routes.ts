import {
  CreateSIPParticipantRequest,
  SIPParticipantInfo,
  TransferSIPParticipantRequest,
} from '@livekit/protocol'
import type { Logger } from '@trunkline/telemetry'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { SipApiError } from '../errors.ts'
import { type Authorize, requireCallGrant, requireRoomAdmin } from './authorize.ts'

export interface TwirpDeps {
  readonly authorize: Authorize
  readonly dial: (request: CreateSIPParticipantRequest) => Promise<SIPParticipantInfo>
  readonly transfer: (request: TransferSIPParticipantRequest) => Promise<void>
  readonly logger: Logger
}

const binary = 'application/protobuf'

/** `livekit.SIP` as livekit-server serves it, in JSON and in protobuf: what livekit-server-sdk's SipClient speaks. */
export function twirpRoutes({ authorize, dial, transfer, logger }: TwirpDeps) {
  return async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    app.setErrorHandler((error, _request, reply) => {
      const known = error instanceof SipApiError
      // Not its message: a peer's address or number may be in it.
      if (!known) logger.error({ name: error instanceof Error ? error.name : '' }, 'request failed')
      const answer = known ? error : new SipApiError('internal', 'internal error')
      return sendJson(reply.code(answer.httpStatus), JSON.stringify(answer.toBody()))
    })

    app.post('/twirp/livekit.SIP/CreateSIPParticipant', async (request, reply) => {
      const grants = await authorize(request.headers.authorization)
      requireCallGrant(grants)
      const made = await dial(read(request, CreateSIPParticipantRequest))
      return send(request, reply, made)
    })

    app.post('/twirp/livekit.SIP/TransferSIPParticipant', async (request, reply) => {
      const asked = read(request, TransferSIPParticipantRequest)
      if (!asked.roomName) throw new SipApiError('invalid_argument', 'Missing room name')
      const grants = await authorize(request.headers.authorization)
      requireCallGrant(grants)
      requireRoomAdmin(grants, asked.roomName)
      await transfer(asked)
      // Its response is Empty; a message without fields is the same on both wires.
      return send(request, reply, new SIPParticipantInfo())
    })

    app.all('/twirp/*', async () => {
      throw new SipApiError('bad_route', 'no handler for path')
    })
  }
}

interface MessageType<T> {
  new (): T
  fromJsonString(text: string, options: { ignoreUnknownFields: boolean }): T
  fromBinary(bytes: Uint8Array): T
}

/** As bytes: fastify would add a charset to the type of a text, and livekit-server-sdk knows an error by the bare type. */
function sendJson(reply: FastifyReply, text: string) {
  return reply.type('application/json').send(Buffer.from(text))
}

/** @throws {SipApiError} `malformed` */
function read<T>({ body, headers }: FastifyRequest, type: MessageType<T>): T {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
  try {
    if (headers['content-type'] === binary) return type.fromBinary(bytes)
    return type.fromJsonString(bytes.toString('utf8'), { ignoreUnknownFields: true })
  } catch (cause) {
    throw new SipApiError('malformed', 'the request could not be decoded', { cause })
  }
}

function send(request: FastifyRequest, reply: FastifyReply, message: SIPParticipantInfo) {
  if (request.headers['content-type'] === binary) {
    return reply.type(binary).send(Buffer.from(message.toBinary()))
  }
  return sendJson(reply, message.toJsonString())
}
