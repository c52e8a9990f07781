import { type ClaimGrants, TokenVerifier } from 'livekit-server-sdk'
import type { LiveKitConfig } from '../config.ts'
import { SipApiError } from '../errors.ts'

/** Reads who asks from the Authorization header. @throws {SipApiError} `unauthenticated` */
export type Authorize = (header: string | undefined) => Promise<ClaimGrants>

export function createAuthorize({ apiKey, apiSecret }: LiveKitConfig): Authorize {
  const verifier = new TokenVerifier(apiKey, apiSecret)
  return async (header) => {
    const token = /^Bearer (.+)$/i.exec(header ?? '')?.[1]
    if (token === undefined) throw denied()
    try {
      return await verifier.verify(token)
    } catch (cause) {
      throw denied(cause)
    }
  }
}

/** @throws {SipApiError} `unauthenticated`, as livekit-server says it */
export function requireCallGrant({ sip }: ClaimGrants): void {
  if (!sip?.call) throw denied()
}

/** Whose call is handed over must be the administrator of its room too. @throws {SipApiError} `unauthenticated` */
export function requireRoomAdmin({ video }: ClaimGrants, room: string): void {
  if (!video?.roomAdmin || video.room !== room) throw denied()
}

function denied(cause?: unknown): SipApiError {
  return new SipApiError('unauthenticated', 'permissions denied', { cause })
}
