import { RoomServiceClient } from 'livekit-server-sdk'
import type { Config } from '../config.ts'

const requestTimeoutSeconds = 3

/**
 * Ends the room for everybody in it; one that is gone already is fine. agents-js' own `deleteRoom` logs the room's
 * name, and with it the number that was dialled, when it fails.
 * @throws {Error} when livekit-server does not take it
 */
export async function endRoom(
  room: string,
  { url, apiKey, apiSecret }: Config['livekit'],
): Promise<void> {
  const client = new RoomServiceClient(url.replace(/^ws/, 'http'), apiKey, apiSecret, {
    requestTimeout: requestTimeoutSeconds,
  })
  try {
    await client.deleteRoom(room)
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'not_found'
    if (!isMissing) throw error
  }
}
