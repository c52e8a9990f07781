import { setTimeout as sleep } from 'node:timers/promises'
import { lastWordsIdentity } from '@trunkline/contracts'
import type { Logger } from '@trunkline/telemetry'
import type { Rooms } from '../livekit/rooms.ts'
import type { AgentDispatch } from './agent-dispatch.ts'
import type { WatchedCall } from './watched-call.ts'

export interface LastWordsTimes {
  /** From the dispatch to the agent's being in the room. */
  readonly lastWordsComeMs: number
  /** From the loss of the job to the end of the call, the last words included. */
  readonly giveUpMs: number
  readonly pollMs: number
}

export interface LastWordsDeps {
  readonly agents: AgentDispatch
  readonly rooms: Pick<Rooms, 'participants'>
  readonly onDispatch: (why: 'last-words') => void
  readonly logger: Logger
  readonly times: LastWordsTimes
  readonly lastWordsName: string
}

/** Enough for “I am sorry”, however late it is. */
const shortestMs = 2000
/** Until it is heard, and until it has left. */
const slackMs = 2000

/**
 * Has the caller told from disk that the call cannot go on, and waits until that has been said. Returns as well when
 * nobody is there to say it. @throws the reason of `signal`
 */
export async function sayLastWords(
  call: WatchedCall,
  { agents, rooms, onDispatch, logger, times, lastWordsName }: LastWordsDeps,
  { sinceMs, signal }: { sinceMs: number; signal: AbortSignal },
): Promise<void> {
  const leftMs = times.giveUpMs - sinceMs
  const maxMs = Math.max(shortestMs, leftMs - times.lastWordsComeMs)
  const isThere = async () => {
    const participants = await rooms.participants(call.room)
    return participants.some(({ identity }) => identity.startsWith(lastWordsIdentity))
  }
  const until = async (wanted: boolean, timeoutMs: number) => {
    const giveUpAt = performance.now() + timeoutMs
    while (performance.now() < giveUpAt) {
      if ((await isThere()) === wanted) return true
      await sleep(times.pollMs, undefined, { signal })
    }
    return false
  }
  try {
    call.note({ attempt: 1, why: 'last-words' })
    onDispatch('last-words')
    const metadata = JSON.stringify({ ...call.lastWords(), maxMs })
    await agents.dispatch({ room: call.room, agentName: lastWordsName, metadata })
    if (await until(true, times.lastWordsComeMs)) await until(false, maxMs + slackMs)
    else logger.warn('nobody was there for the last words')
  } catch (error) {
    signal.throwIfAborted()
    logger.warn({ err: error }, 'the last words were not said')
  }
}
