import { createHash, randomBytes } from 'node:crypto'
import { splitOutside } from './sip-address.ts'

export interface Credentials {
  readonly username: string
  readonly password: string
}

/** What a server asks for in WWW-Authenticate or Proxy-Authenticate (RFC 3261, section 22; RFC 8760). */
export interface Challenge {
  readonly realm: string
  readonly nonce: string
  readonly opaque: string | undefined
  readonly algorithm: 'MD5' | 'SHA-256'
  readonly useQop: boolean
  readonly isStale: boolean
}

const hashes = { MD5: 'md5', 'SHA-256': 'sha256' } as const

/** Undefined for another scheme, an algorithm or a protection that is not spoken here, or a missing nonce. */
export function parseChallenge(header: string): Challenge | undefined {
  const scheme = /^\s*Digest\s+/i.exec(header)
  if (!scheme) return undefined
  const fields = new Map<string, string>()
  for (const part of splitOutside(header.slice(scheme[0].length), ',')) {
    const match = /^\s*([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))\s*$/.exec(part)
    if (match) {
      fields.set(
        (match[1] ?? '').toLowerCase(),
        match[2]?.replace(/\\(.)/g, '$1') ?? match[3] ?? '',
      )
    }
  }
  const nonce = fields.get('nonce')
  const realm = fields.get('realm')
  const algorithm = (fields.get('algorithm') ?? 'MD5').toUpperCase()
  const qops = fields
    .get('qop')
    ?.toLowerCase()
    .split(/[\s,]+/)
  if (nonce === undefined || realm === undefined) return undefined
  if (algorithm !== 'MD5' && algorithm !== 'SHA-256') return undefined
  if (qops && !qops.includes('auth')) return undefined
  return {
    realm,
    nonce,
    opaque: fields.get('opaque'),
    algorithm,
    useQop: qops !== undefined,
    isStale: fields.get('stale')?.toLowerCase() === 'true',
  }
}

export interface DigestOptions {
  readonly credentials: Credentials
  readonly method: string
  readonly uri: string
  /** How often this nonce was used, from 1. */
  readonly nonceCount?: number
  readonly cnonce?: string
}

/** The value of Authorization or Proxy-Authorization that answers `challenge`. */
export function answerChallenge(challenge: Challenge, options: DigestOptions): string {
  const {
    credentials,
    method,
    uri,
    nonceCount = 1,
    cnonce = randomBytes(8).toString('hex'),
  } = options
  const hash = (text: string) => createHash(hashes[challenge.algorithm]).update(text).digest('hex')
  const secret = hash(`${credentials.username}:${challenge.realm}:${credentials.password}`)
  const subject = hash(`${method}:${uri}`)
  const count = nonceCount.toString(16).padStart(8, '0')
  const middle = challenge.useQop ? `${challenge.nonce}:${count}:${cnonce}:auth` : challenge.nonce
  const fields = [
    `username=${quoted(credentials.username)}`,
    `realm=${quoted(challenge.realm)}`,
    `nonce=${quoted(challenge.nonce)}`,
    `uri=${quoted(uri)}`,
    `algorithm=${challenge.algorithm}`,
    `response="${hash(`${secret}:${middle}:${subject}`)}"`,
    ...(challenge.useQop ? ['qop=auth', `nc=${count}`, `cnonce="${cnonce}"`] : []),
    ...(challenge.opaque === undefined ? [] : [`opaque=${quoted(challenge.opaque)}`]),
  ]
  return `Digest ${fields.join(', ')}`
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}
