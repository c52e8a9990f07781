import type { Logger } from '@trunkline/telemetry'
import type { CallWatcher } from '../calls/session.ts'
import type { LineStore } from '../lines/line-store.ts'
import type { Rooms } from '../livekit/rooms.ts'
import type { Metrics } from '../metrics.ts'
import type { CallStore } from '../store/call-store.ts'
import type { AgentDispatch } from './agent-dispatch.ts'
import { closeUnheard } from './close-unheard.ts'
import { createDispatcher, type Dispatcher, type DispatcherDeps } from './dispatcher.ts'
import { toLostCall } from './lost-call.ts'
import { toUnheardCall } from './unheard-call.ts'

export interface CallWatcherDeps {
  readonly agents: AgentDispatch
  readonly rooms: Rooms
  readonly store: CallStore
  readonly lines: Pick<LineStore, 'byId' | 'byNumber'>
  readonly metrics: Metrics
  readonly logger: Logger
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly agentName: string
  readonly lastWordsName: string
  readonly perSecond: number
  readonly times: DispatcherDeps['times']
  /** True when a session of this process has the room. */
  readonly isOurs: (roomSid: string) => boolean
}

/** The dispatcher of a service's calls: for rooms that intake has seen, and for sessions that lost their job. */
export function createCallWatcher(
  deps: CallWatcherDeps,
): CallWatcher & Pick<Dispatcher, 'roomSeen' | 'close'> {
  const { store, metrics, agentName, now, times } = deps
  // Ours first: the store may hear of a call a moment later.
  const isKnown = async (roomSid: string) =>
    deps.isOurs(roomSid) || (await store.findByRoom(roomSid)) !== undefined
  const dispatcher = createDispatcher({
    ...deps,
    now: () => performance.now(),
    onDispatch: (why) => metrics.agentDispatched(why),
    unheard: (room) =>
      toUnheardCall(room, {
        ...deps,
        isKnown,
        closeUnheard: (unheard) => closeUnheard(unheard, deps),
      }),
    times,
  })
  return {
    roomSeen: dispatcher.roomSeen,
    channelLost(session, cause) {
      const isHolder = (callId: string) => store.isHolder(callId)
      dispatcher.channelLost(toLostCall(session, { isHolder, now, agentName }), cause)
    },
    helloSeen: dispatcher.helloSeen,
    forget: dispatcher.forget,
    close: dispatcher.close,
  }
}
