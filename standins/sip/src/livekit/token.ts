import type { RoomConfiguration } from 'livekit-server-sdk'
import { AccessToken } from 'livekit-server-sdk'
import type { LiveKitConfig } from '../config.ts'

/** A SIP participant as it enters its room. */
export interface Newcomer {
  readonly room: string
  readonly identity: string
  readonly name: string
  readonly metadata: string
  readonly attributes: Readonly<Record<string, string>>
  /** How a room that does not exist yet is made, its agents included. */
  readonly roomConfig?: RoomConfiguration
  readonly roomPreset?: string
}

/** Of kind SIP, for the longest a call may last. */
export function writeToken(livekit: LiveKitConfig, newcomer: Newcomer): Promise<string> {
  const { identity, name, metadata, attributes, roomConfig, roomPreset } = newcomer
  const token = new AccessToken(livekit.apiKey, livekit.apiSecret, {
    ...{ identity, name, metadata, attributes: { ...attributes } },
    ttl: '24h',
  })
  token.kind = 'sip'
  token.addGrant({
    roomJoin: true,
    room: newcomer.room,
    canPublish: true,
    canSubscribe: true,
    canPublishData: true,
    canUpdateOwnMetadata: true,
  })
  if (roomConfig) token.roomConfig = roomConfig
  if (roomPreset) token.roomPreset = roomPreset
  return token.toJwt()
}
