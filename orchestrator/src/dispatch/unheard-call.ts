import { z } from 'zod'
import { resolveLine } from '../calls/resolve-line.ts'
import { toLineSpeech } from '../calls/speech.ts'
import type { LineStore } from '../lines/line-store.ts'
import type { RoomInfo } from '../livekit/room-info.ts'
import type { AgentDispatch } from './agent-dispatch.ts'
import type { WatchedCall } from './watched-call.ts'

export interface UnheardDeps {
  readonly agents: Pick<AgentDispatch, 'metadataOf'>
  readonly agentName: string
  readonly lines: Pick<LineStore, 'byId' | 'byNumber'>
  /** True when a job of the room has said hello, here or to another orchestrator. @throws when the store is away */
  readonly isKnown: (roomSid: string) => Promise<boolean>
  /** Puts on record a call that nobody took, and ends its room. */
  readonly closeUnheard: (room: { room: string; roomSid: string }) => Promise<void>
}

/** A room with a caller of whose dispatch nothing has been heard, for the dispatcher. */
export function toUnheardCall(
  { name: room, sid: roomSid, createdAt }: RoomInfo,
  { agents, agentName, lines, isKnown, closeUnheard }: UnheardDeps,
): WatchedCall {
  let metadata = ''
  return {
    room,
    roomSid,
    hadJob: false,
    since: createdAt,
    async state() {
      try {
        return (await isKnown(roomSid)) ? 'served' : 'unserved'
      } catch {
        return 'settled' // the store is away: nobody can tell, and the reconciler asks again
      }
    },
    // A telephone is answered by the agent's track; a browser has nothing to be answered.
    isAnswered: () => !room.startsWith('call_'),
    async metadata() {
      const asked = await agents.metadataOf(room, agentName)
      metadata = asked ?? ''
      return asked === undefined ? undefined : markAgain(asked)
    },
    lastWords() {
      const line = resolveLine({ room, metadata }, lines)
      if (!line) return { text: '', language: 'en', voice: '' }
      const { apology, language, voice } = toLineSpeech(line)
      return { text: apology, language, voice }
    },
    deadAgents: () => [],
    note: () => {}, // there is no call yet to keep it in
    end: () => closeUnheard({ room, roomSid }),
  }
}

/** A dispatch that repeats another one, for the case that both are heard of in the end. */
function markAgain(metadata: string): string {
  try {
    return JSON.stringify({ ...z.looseObject({}).parse(JSON.parse(metadata || '{}')), again: true })
  } catch {
    return metadata // not ours, but what its agent was to be told
  }
}
