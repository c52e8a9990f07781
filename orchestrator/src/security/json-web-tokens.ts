import { createLocalJWKSet, decodeProtectedHeader, type JWTVerifyOptions, jwtVerify } from 'jose'
import { z } from 'zod'
import { type Role, roles } from './role.ts'

export interface JsonWebTokenKeys {
  /** For HS256; two while the secret is changed. */
  readonly secrets: readonly string[]
  /** Public keys of an issuer, for ES256 and EdDSA. */
  readonly keySet?: KeySet | undefined
}

export interface TokenClaims {
  readonly role: Role
  /** Who the token was made for, if it says so. */
  readonly subject?: string | undefined
}

const audience = 'trunkline'
const maxTokenLength = 8192
/** How far the issuer's clock may be off, in seconds. */
const clockToleranceSeconds = 5
const claimsSchema = z.object({ role: z.enum(roles), sub: z.string().max(200).optional() })

const coordinate = z.string().regex(/^[\w-]+$/, 'not base64url')
const named = { kid: z.string().min(1), x: coordinate }
/** A shared secret or a private key has no business among an issuer's public keys. */
const publicKey = z
  .looseObject({})
  .refine((key) => !('d' in key), 'a private key: give the public ones')
  .pipe(
    z.discriminatedUnion('kty', [
      z.object({ ...named, kty: z.literal('EC'), crv: z.literal('P-256'), y: coordinate }),
      z.object({ ...named, kty: z.literal('OKP'), crv: z.literal('Ed25519') }),
    ]),
  )
const keySet = z.object({ keys: z.array(publicKey).min(1) })
type KeySet = z.infer<typeof keySet>

/** A JWK set (RFC 7517) of P-256 and Ed25519 keys, each with its `kid`, as JSON text. */
export const keySetText = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue({ code: 'custom', message: 'not JSON' })
      return z.NEVER
    }
  })
  .pipe(keySet)

/**
 * Verifies JWTs with `aud: trunkline`, `exp` and `role`, signed by HS256 with a secret, or by ES256 or EdDSA with a
 * key of the set. Each key takes only its own algorithms, so a public key can never pass as a secret.
 */
export function createTokenVerifier(
  { secrets, keySet: keys }: JsonWebTokenKeys,
  { now }: { now: () => number },
): (token: string) => Promise<TokenClaims | undefined> {
  const sharedKeys = secrets.map((secret) => new TextEncoder().encode(secret))
  const publicKeys = keys === undefined ? undefined : createLocalJWKSet(keys)
  const optionsFor = (algorithms: string[]): JWTVerifyOptions => ({
    algorithms,
    audience,
    requiredClaims: ['exp'],
    clockTolerance: clockToleranceSeconds,
    currentDate: new Date(now()),
  })

  const verify = async (token: string): Promise<unknown> => {
    if (readAlgorithm(token) !== 'HS256') {
      if (publicKeys === undefined) return undefined
      const { payload } = await jwtVerify(token, publicKeys, optionsFor(['ES256', 'EdDSA']))
      return payload
    }
    for (const key of sharedKeys) {
      const verified = await jwtVerify(token, key, optionsFor(['HS256'])).catch(() => undefined) // the next key may fit
      if (verified) return verified.payload
    }
    return undefined
  }

  return async (token) => {
    if (token.length > maxTokenLength || token.split('.').length !== 3) return undefined
    const payload = await verify(token).catch(() => undefined) // not valid, for whatever reason
    const claims = claimsSchema.safeParse(payload)
    return claims.success ? { role: claims.data.role, subject: claims.data.sub } : undefined
  }
}

function readAlgorithm(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).alg
  } catch {
    return undefined // not a JWT: the signature check says no
  }
}
