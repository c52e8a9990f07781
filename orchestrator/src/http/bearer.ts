import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { OrchestratorError } from '../errors.ts'

/**
 * A hook that lets requests pass which carry `Authorization: Bearer <token>`. Digests are compared, in constant
 * time, so that neither length nor content of the token shows.
 */
export function requireBearer(token: string): (request: FastifyRequest) => Promise<void> {
  const expected = digest(token)
  return async (request) => {
    const [scheme = '', given = ''] = (request.headers.authorization ?? '').split(' ')
    const isRight = timingSafeEqual(digest(given), expected)
    if (scheme.toLowerCase() !== 'bearer' || !isRight) {
      throw new OrchestratorError('unauthorized', 'a valid bearer token is needed')
    }
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
