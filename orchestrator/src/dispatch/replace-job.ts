import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '@trunkline/telemetry'
import { isCaller } from '../livekit/is-caller.ts'
import type { Rooms } from '../livekit/rooms.ts'
import type { AgentDispatch } from './agent-dispatch.ts'
import { type DispatchSituation, nextStep } from './dispatch-plan.ts'
import type { DispatchQueue } from './dispatch-queue.ts'
import type { HelloWatch } from './hello-watch.ts'
import { type LastWordsTimes, sayLastWords } from './last-words.ts'
import type { DispatchCause, WatchedCall } from './watched-call.ts'

export interface ReplaceTimes extends LastWordsTimes {
  /** From a dispatch to the `hello` of its job. */
  readonly helloMs: number
}

export interface ReplaceDeps {
  readonly agents: AgentDispatch
  readonly rooms: Pick<Rooms, 'participants' | 'has' | 'removeParticipant' | 'delete'>
  readonly onDispatch: (why: DispatchCause | 'last-words') => void
  readonly logger: Logger
  readonly queue: DispatchQueue
  readonly hellos: HelloWatch
  readonly times: ReplaceTimes
  readonly agentName: string
  readonly lastWordsName: string
}

interface ReplaceOptions {
  readonly why: DispatchCause
  /** How long the job, or its first `hello`, is waited for. */
  readonly graceMs: number
  readonly signal: AbortSignal
}

/** Waits for the job of a call, and brings it another one when it does not come. @throws the reason of `signal` */
export async function replaceJob(
  call: WatchedCall,
  deps: ReplaceDeps,
  { why, graceMs, signal }: ReplaceOptions,
): Promise<void> {
  const { rooms, hellos, logger } = deps
  const startedAt = performance.now()
  if (await hellos.wait(call.roomSid, { timeoutMs: graceMs, signal })) return
  for (let failures = 0; ; ) {
    signal.throwIfAborted()
    const [state, caller] = await Promise.all([call.state(), findCaller(call, deps)])
    const step = nextStep({
      ...{ state, caller },
      isAnswered: call.isAnswered(),
      hadJob: call.hadJob,
      failures,
    })
    signal.throwIfAborted()
    switch (step.kind) {
      case 'dispatch': {
        const cause = failures === 0 ? why : 'no-hello'
        const outcome = await dispatch(call, deps, { cause, attempt: step.attempt, signal })
        if (outcome === 'unwanted') return
        if (outcome === 'hello') {
          await removeDead(call, deps)
          return
        }
        failures += 1
        break
      }
      case 'last-words':
        logger.error({ why }, 'no agent came to a call in progress')
        await sayLastWords(call, deps, { sinceMs: performance.now() - startedAt, signal })
        if ((await call.state()) === 'unserved')
          await call.end(call.hadJob ? 'agent-lost' : 'no-agent')
        return
      case 'end':
        if (step.reason === 'agent-lost' || step.reason === 'no-agent') {
          logger.error({ why }, 'no agent came to a call')
        }
        await call.end(step.reason)
        return
      case 'leave':
        // An earlier dispatch may have made the room of a caller who has just left anew, with another sid.
        if (failures > 0 && isGone(await findCaller(call, deps))) await rooms.delete(call.room)
        return
      default:
        step satisfies never
    }
  }
}

async function dispatch(
  call: WatchedCall,
  deps: ReplaceDeps,
  { cause, attempt, signal }: { cause: DispatchCause; attempt: number; signal: AbortSignal },
): Promise<'hello' | 'silence' | 'unwanted'> {
  const { agents, queue, hellos, times, agentName, onDispatch, logger } = deps
  const timeoutMs = times.helloMs
  try {
    const metadata = await call.metadata()
    if (metadata === undefined) return 'unwanted'
    if ((await queue.enter(call.since, { signal })) === 'turn') {
      // Before it is asked for: the job may be there sooner than the answer.
      const hello = hellos.wait(call.roomSid, { timeoutMs, signal })
      call.note({ attempt, why: cause })
      onDispatch(cause)
      await Promise.race([agents.dispatch({ room: call.room, agentName, metadata }), hello])
      return (await hello) ? 'hello' : 'silence'
    }
    logger.error('too many calls wait for an agent')
  } catch (error) {
    signal.throwIfAborted()
    logger.warn({ err: error, attempt }, 'dispatching an agent failed')
  }
  return (await hellos.wait(call.roomSid, { timeoutMs, signal })) ? 'hello' : 'silence'
}

/** livekit-server lists a killed job as active for a long time (measured: more than 10 s). */
async function removeDead(
  call: WatchedCall,
  { rooms, logger }: Pick<ReplaceDeps, 'rooms' | 'logger'>,
): Promise<void> {
  for (const identity of call.deadAgents()) {
    try {
      await rooms.removeParticipant(call.room, identity)
    } catch (error) {
      logger.warn({ err: error }, 'a dead agent stays in its room')
    }
  }
}

async function findCaller(
  { room, roomSid }: Pick<WatchedCall, 'room' | 'roomSid'>,
  { rooms, logger }: Pick<ReplaceDeps, 'rooms' | 'logger'>,
): Promise<DispatchSituation['caller']> {
  try {
    const participants = await rooms.participants(room)
    if (participants.some(isCaller)) return 'there'
    return (await rooms.has({ name: room, sid: roomSid })) ? 'gone' : 'room-gone'
  } catch (error) {
    logger.warn({ err: error }, 'livekit-server does not say who is in a room')
    await sleep(100)
    return 'unknown'
  }
}

function isGone(caller: DispatchSituation['caller']): boolean {
  return caller === 'gone' || caller === 'room-gone'
}
