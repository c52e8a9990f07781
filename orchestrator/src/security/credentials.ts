import { createHash, timingSafeEqual } from 'node:crypto'
import { createTokenVerifier, type JsonWebTokenKeys } from './json-web-tokens.ts'
import { type Role, roles } from './role.ts'

/** Who sent a request. */
export interface Principal {
  readonly role: Role
  /** For the audit: the JWT's subject, or which static token it was. Never the token. */
  readonly name: string
}

export interface CredentialsOptions {
  readonly tokens: Readonly<Record<Role, readonly string[]>>
  readonly jwt?: JsonWebTokenKeys | undefined
  readonly now: () => number
}

export interface Credentials {
  /** Whose token this is; undefined for one that is not known, has expired or is not for us. */
  identify(token: string): Promise<Principal | undefined>
}

/** Static tokens and JWTs. Digests are compared, all of them, so that neither length nor content of a token shows. */
export function createCredentials({ tokens, jwt, now }: CredentialsOptions): Credentials {
  const known = roles.flatMap((role) =>
    tokens[role].map((token) => {
      const expected = digest(token)
      const name = `${role}-token-${expected.toString('hex').slice(0, 8)}`
      return { expected, principal: { role, name } }
    }),
  )
  const verify = jwt === undefined ? undefined : createTokenVerifier(jwt, { now })

  return {
    async identify(token) {
      const given = digest(token)
      let found: Principal | undefined
      for (const { expected, principal } of known) {
        if (timingSafeEqual(expected, given)) found = principal
      }
      if (found) return found
      const claims = await verify?.(token)
      return claims && { role: claims.role, name: claims.subject ?? `${claims.role}-jwt` }
    },
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
