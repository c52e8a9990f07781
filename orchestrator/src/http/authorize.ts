import type { FastifyRequest } from 'fastify'
import { OrchestratorError } from '../errors.ts'
import type { Credentials, Principal } from '../security/credentials.ts'
import type { Role } from '../security/role.ts'

/** A fastify `onRequest` hook; it runs before the body is read, and before a WebSocket's upgrade. */
export type AuthorizeHook = (request: FastifyRequest) => Promise<void>

/** Makes the hook that lets one role pass: any other role is answered 403, an unknown token 401. */
export type Authorize = (role: Role) => AuthorizeHook

/** Who sends a request; undefined without a valid token. Found once for each request. */
export type Identify = (request: FastifyRequest) => Promise<Principal | undefined>

const principals = new WeakMap<FastifyRequest, Principal>()

export function createIdentify(credentials: Credentials): Identify {
  const found = new WeakMap<FastifyRequest, Promise<Principal | undefined>>()
  return (request) => {
    const known = found.get(request)
    if (known) return known
    const finding = identifyBearer(request, credentials)
    found.set(request, finding)
    return finding
  }
}

export function createAuthorize(identify: Identify): Authorize {
  return (role) => async (request) => {
    const principal = await identify(request)
    if (principal === undefined) {
      throw new OrchestratorError('unauthorized', 'a valid bearer token is needed')
    }
    if (principal.role !== role) {
      throw new OrchestratorError('forbidden', `this token is not one of the role ${role}`)
    }
    principals.set(request, principal)
  }
}

/** Who sent a request that `authorize` has let pass, for the audit. */
export function principalOf(request: FastifyRequest): Principal {
  const principal = principals.get(request)
  if (principal === undefined) throw new Error('the route has no authorize hook')
  return principal
}

async function identifyBearer(
  request: FastifyRequest,
  credentials: Credentials,
): Promise<Principal | undefined> {
  const [scheme = '', token = '', ...rest] = (request.headers.authorization ?? '').split(' ')
  if (scheme.toLowerCase() !== 'bearer' || token === '' || rest.length > 0) return undefined
  return await credentials.identify(token)
}
