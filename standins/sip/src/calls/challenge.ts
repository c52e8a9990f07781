import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import {
  headerOf,
  type IncomingCall,
  parseAuthorization,
  provesPassword,
  writeChallenge,
} from '@trunkline/telephony'
import type { SIPInboundTrunkInfo } from 'livekit-server-sdk'

export type Verdict = 'open' | 'proven' | 'unproven' | 'wrong'

/** Asks callers for the password of their trunk (RFC 3261, section 22). */
export interface Doorkeeper {
  /** `open`: the trunk wants no password; `unproven`: ask for it; `wrong`: refuse. */
  check(incoming: IncomingCall, trunk: SIPInboundTrunkInfo): Verdict
  /** The value of Proxy-Authenticate. */
  challenge(incoming: IncomingCall, trunk: SIPInboundTrunkInfo): string
}

const nonceLifeMs = 60_000

/** Nonces hold their own proof, so that a flood of calls leaves nothing behind. */
export function createDoorkeeper({ now }: { now: () => number }): Doorkeeper {
  const key = randomBytes(32)
  const sign = (at: string, callId: string) =>
    createHmac('sha256', key).update(`${at} ${callId}`).digest('hex')
  const isOurs = (nonce: string, callId: string) => {
    const [at = '', proof = ''] = nonce.split('-')
    const expected = Buffer.from(sign(at, callId))
    const given = Buffer.from(proof)
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) return false
    return now() - Number(at) < nonceLifeMs
  }

  return {
    check({ request }, { authUsername, authPassword }) {
      // livekit asks only when both are set.
      if (!authUsername || !authPassword) return 'open'
      const fields = parseAuthorization(headerOf(request, 'proxy-authorization') ?? '')
      if (!fields || !isOurs(fields.get('nonce') ?? '', request.callId)) return 'unproven'
      const credentials = { username: authUsername, password: authPassword }
      return provesPassword(fields, { credentials, method: 'INVITE' }) ? 'proven' : 'wrong'
    },
    challenge({ request }, { authRealm }) {
      const at = String(now())
      const nonce = `${at}-${sign(at, request.callId)}`
      return writeChallenge({ realm: authRealm || 'LiveKit', nonce })
    },
  }
}
