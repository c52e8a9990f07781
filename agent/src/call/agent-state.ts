import type { Room } from '@livekit/rtc-node'
import { inBackground } from '@trunkline/runtime'

/** What LiveKit's components show of an agent; the names are theirs. */
export type AgentState = 'initializing' | 'idle' | 'listening' | 'thinking' | 'speaking'

const attribute = 'lk.agent.state'

/** Tells everybody in the room what the agent does, by an attribute of its participant. */
export function createAgentState(room: Pick<Room, 'localParticipant' | 'isConnected'>): {
  tell(state: AgentState): void
} {
  let told: AgentState | undefined
  let sending: Promise<unknown> = Promise.resolve()
  return {
    tell(state) {
      if (state === told) return
      told = state
      sending = sending.then(async () => {
        // Only the newest one is worth sending.
        if (state !== told || !room.isConnected) return
        await room.localParticipant?.setAttributes({ [attribute]: state })
      })
      // Nobody hangs on it: a browser shows the state before.
      sending = sending.catch(() => {})
      inBackground(sending, { onError: () => {} })
    },
  }
}
