import websocket from '@fastify/websocket'
import type { FastifyPluginAsync } from 'fastify'
import { type ChannelDeps, serveChannel } from '../channel/channel.ts'
import { OrchestratorError } from '../errors.ts'
import type { AuthorizeHook } from './authorize.ts'

/** A turn with every word's times stays far below this. */
const maxMessageBytes = 256 * 1024

/** `GET /v1/channel`: the call channel. A wrong token is answered with 401 before the upgrade. */
export const channelRoute =
  ({ onRequest, ...deps }: ChannelDeps & { onRequest: AuthorizeHook }): FastifyPluginAsync =>
  async (app) => {
    await app.register(websocket, {
      options: { maxPayload: maxMessageBytes, perMessageDeflate: false },
      errorHandler: (error, socket) => {
        deps.logger.warn({ err: error }, 'call channel failed')
        socket.terminate()
      },
      // The registry has closed every channel with a code of its own by then.
      preClose(done) {
        for (const socket of this.websocketServer.clients) socket.terminate()
        this.websocketServer.close(() => done())
      },
    })
    app.route({
      method: 'GET',
      url: '/v1/channel',
      onRequest,
      handler: () => {
        throw new OrchestratorError('bad-request', 'this address speaks WebSocket only')
      },
      wsHandler: (socket) => serveChannel(socket, deps),
    })
  }
