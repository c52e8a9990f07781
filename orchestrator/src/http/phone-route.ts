import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyPluginAsync } from 'fastify'
import { toHttpUrl } from '../livekit/rooms.ts'

export interface PhoneRouteDeps {
  /** livekit-server's address as browsers reach it: the only foreign host the page may talk to. */
  readonly livekitUrl: string
}

const folder = join(import.meta.dirname, '../../phone')
const livekitClient = 'livekit-client.esm.mjs'

/** `/phone`: a page to call from a browser. Everything it loads comes from here. */
export const phoneRoute =
  ({ livekitUrl }: PhoneRouteDeps): FastifyPluginAsync =>
  async (app) => {
    const sources = dirname(fileURLToPath(import.meta.resolve('livekit-client')))
    const policy = toContentSecurityPolicy(livekitUrl)
    app.addHook('onSend', async (_request, reply) => {
      reply.header('content-security-policy', policy)
      reply.header('permissions-policy', 'microphone=(self), camera=()')
      reply.header('referrer-policy', 'no-referrer')
      reply.header('x-content-type-options', 'nosniff')
    })
    await app.register(fastifyStatic, { root: folder, prefix: '/phone/', redirect: false })
    app.get('/phone', (_request, reply) => reply.redirect('/phone/'))
    app.get(`/phone/${livekitClient}`, (_request, reply) => reply.sendFile(livekitClient, sources))
  }

function toContentSecurityPolicy(livekitUrl: string): string {
  const http = new URL(toHttpUrl(livekitUrl)).origin
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "media-src 'self' blob: mediastream:",
    `connect-src 'self' ${http} ${http.replace(/^http/, 'ws')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
