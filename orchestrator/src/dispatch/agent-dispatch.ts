import { AgentDispatchClient } from 'livekit-server-sdk'
import { toHttpUrl } from '../livekit/rooms.ts'

/** LiveKit's dispatching of agents into rooms. */
export interface AgentDispatch {
  /**
   * Asks for a job in the room. OK says nothing: livekit-server answers so when no worker of that name exists, and
   * makes a room that has just ended anew (both measured).
   * @throws {Error} when livekit-server does not answer
   */
  dispatch(to: { room: string; agentName: string; metadata: string }): Promise<void>
  /** Metadata of the room's dispatch of this agent, undefined when it has none. @throws as `dispatch` */
  metadataOf(room: string, agentName: string): Promise<string | undefined>
}

const requestTimeoutSeconds = 2

export function createAgentDispatch({
  url,
  apiKey,
  apiSecret,
}: {
  url: string
  apiKey: string
  apiSecret: string
}): AgentDispatch {
  const client = new AgentDispatchClient(toHttpUrl(url), apiKey, apiSecret, {
    requestTimeout: requestTimeoutSeconds,
  })
  return {
    async dispatch({ room, agentName, metadata }) {
      await client.createDispatch(room, agentName, { metadata })
    },
    async metadataOf(room, agentName) {
      const dispatches = await client.listDispatch(room)
      return dispatches.find((one) => one.agentName === agentName)?.metadata
    },
  }
}
