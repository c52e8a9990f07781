import { AccessToken } from 'livekit-server-sdk'

export interface RpcCall {
  readonly room: string
  /** Identity of the participant that answers. */
  readonly identity: string
  readonly method: string
  readonly payload: string
}

export interface RpcTarget {
  /** `http(s)://` of livekit-server. */
  readonly url: string
  readonly apiKey: string
  readonly apiSecret: string
  readonly timeoutMs: number
}

/**
 * Calls a method of a participant by livekit-server's `RoomService/PerformRpc`, which livekit-server-sdk 2.19
 * does not offer. It reaches the participant over the message bus and needs nothing of the room store, so it
 * works for a room that LiveKit's Redis has forgotten.
 * @throws {Error} when nobody answers in time or the answer is a refusal; its message names no room
 */
export async function performRpc(target: RpcTarget, call: RpcCall): Promise<void> {
  const { url, apiKey, apiSecret, timeoutMs } = target
  const { room, identity, method, payload } = call
  const token = new AccessToken(apiKey, apiSecret, { ttl: 60 })
  token.addGrant({ roomAdmin: true, room })
  const response = await fetch(new URL('/twirp/livekit.RoomService/PerformRpc', url), {
    method: 'POST',
    headers: { authorization: `Bearer ${await token.toJwt()}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      ...{ room, destination_identity: identity, method, payload },
      response_timeout_ms: timeoutMs,
    }),
    signal: AbortSignal.timeout(timeoutMs),
  })
  await response.arrayBuffer() // frees the connection; the answer itself says nothing we need
  if (!response.ok) throw new Error(`livekit-server answered a room rpc with ${response.status}`)
}
