import { randomBytes } from 'node:crypto'
import { operatorIdentityPrefix } from '@trunkline/contracts'
import { AccessToken } from 'livekit-server-sdk'

/** Only joining must happen in this time. */
const ttlSeconds = 120

/** A token with which an operator joins the room of a call, to be heard and to hear. */
export function createOperatorToken(options: {
  readonly apiKey: string
  readonly apiSecret: string
  readonly room: string
  readonly name?: string | undefined
}): Promise<string> {
  const { apiKey, apiSecret, room, name } = options
  const token = new AccessToken(apiKey, apiSecret, {
    identity: `${operatorIdentityPrefix}${randomBytes(8).toString('hex')}`,
    ttl: ttlSeconds,
    ...(name === undefined ? {} : { name }),
  })
  token.addGrant({
    room,
    roomJoin: true,
    canPublish: true,
    canPublishData: true,
    canSubscribe: true,
  })
  return token.toJwt()
}
