import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
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
  const fields = readFields(header.slice(scheme[0].length))
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

/** What we ask a caller for: MD5 without qop, as livekit-sip does. */
export function writeChallenge({ realm, nonce }: { realm: string; nonce: string }): string {
  return `Digest realm=${quoted(realm)}, nonce=${quoted(nonce)}, algorithm=MD5`
}

/** Fields of an Authorization or Proxy-Authorization header; undefined for another scheme. */
export function parseAuthorization(header: string): ReadonlyMap<string, string> | undefined {
  const scheme = /^\s*Digest\s+/i.exec(header)
  return scheme ? readFields(header.slice(scheme[0].length)) : undefined
}

/**
 * Whether `fields` prove that the sender knows the password for the nonce it names; whose nonce that is must be
 * checked besides. Only the forms without qop and with `qop=auth`, in MD5.
 */
export function provesPassword(
  fields: ReadonlyMap<string, string>,
  { credentials, method }: { credentials: Credentials; method: string },
): boolean {
  const field = (name: string) => fields.get(name) ?? ''
  if (field('username') !== credentials.username) return false
  if ((fields.get('algorithm') ?? 'MD5').toUpperCase() !== 'MD5') return false
  const secret = md5(`${credentials.username}:${field('realm')}:${credentials.password}`)
  const subject = md5(`${method}:${field('uri')}`)
  const qop = fields.get('qop')
  if (qop !== undefined && qop.toLowerCase() !== 'auth') return false
  const count = `${field('nc')}:${field('cnonce')}:${qop}`
  const middle = qop === undefined ? field('nonce') : `${field('nonce')}:${count}`
  const expected = Buffer.from(md5(`${secret}:${middle}:${subject}`))
  const given = Buffer.from(field('response').toLowerCase())
  return expected.length === given.length && timingSafeEqual(expected, given)
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex')
}

function readFields(text: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const part of splitOutside(text, ',')) {
    const match = /^\s*([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))\s*$/.exec(part)
    if (!match) continue
    const name = (match[1] ?? '').toLowerCase()
    fields.set(name, match[2]?.replace(/\\(.)/g, '$1') ?? match[3] ?? '')
  }
  return fields
}
