import { randomBytes } from 'node:crypto'
import { AccessToken, RoomAgentDispatch, RoomConfiguration } from 'livekit-server-sdk'

export interface PhoneTokenOptions {
  readonly apiKey: string
  readonly apiSecret: string
  readonly agentName: string
  readonly lineId: string
  readonly name?: string | undefined
}

/** Only joining must happen in this time: livekit-server renews the token of a participant who stays. */
const ttlSeconds = 120
/** A caller who closes the page is not waited for. */
const departureTimeoutSeconds = 5
const emptyTimeoutSeconds = 30

/** A token for one call from a browser, into a room of its own that dispatches the agent to the line. */
export async function createPhoneToken(options: PhoneTokenOptions): Promise<string> {
  const { apiKey, apiSecret, agentName, lineId, name } = options
  const token = new AccessToken(apiKey, apiSecret, {
    identity: `caller-${randomBytes(8).toString('hex')}`,
    ttl: ttlSeconds,
    ...(name === undefined ? {} : { name }),
  })
  token.addGrant({
    room: `web_${lineId}_${randomBytes(8).toString('hex')}`,
    roomJoin: true,
    canPublish: true,
    canPublishData: true,
    canSubscribe: true,
  })
  token.roomConfig = new RoomConfiguration({
    emptyTimeout: emptyTimeoutSeconds,
    departureTimeout: departureTimeoutSeconds,
    maxParticipants: 10,
    agents: [new RoomAgentDispatch({ agentName, metadata: JSON.stringify({ line: lineId }) })],
  })
  return token.toJwt()
}
