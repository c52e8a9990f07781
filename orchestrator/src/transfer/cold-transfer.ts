import { setTimeout as sleep } from 'node:timers/promises'
import type { TransferOutcome } from '@trunkline/contracts'
import type { Rooms } from '../livekit/rooms.ts'
import type { SipApi } from '../livekit/sip-api.ts'
import { findCaller } from './caller-leg.ts'
import type { FoundTarget } from './find-target.ts'
import { readTransferFault } from './outcome.ts'
import { untilAborted } from './until-aborted.ts'

export interface ColdTransferDeps {
  readonly sip: Pick<SipApi, 'transfer'>
  readonly rooms: Pick<Rooms, 'participants'>
  /** Epoch milliseconds. */
  readonly now: () => number
  /** A look into the room that failed. */
  readonly onError: (error: unknown) => void
  /** How long a request that ran out of time is given to come true. */
  readonly lateMs?: number
  readonly pollMs?: number
}

type Wanted = Pick<FoundTarget, 'to' | 'ringSeconds'>

const defaultLateMs = 3000
const defaultPollMs = 500

/**
 * Has the caller's carrier call the target instead of us, and says how that came out.
 * @throws the reason of `signal`; then nobody knows
 */
export async function transferCold(
  { room, target }: { room: string; target: Wanted },
  deps: ColdTransferDeps,
  { signal }: { signal: AbortSignal },
): Promise<TransferOutcome> {
  const { sip, rooms, onError, lateMs = defaultLateMs } = deps
  const caller = findCaller(await rooms.participants(room))
  if (caller?.kind !== 'sip') return 'not-possible'
  const { identity } = caller
  const { to, ringSeconds } = target
  const until = untilAborted(signal)
  try {
    await until.race(sip.transfer({ room, identity, to, ringSeconds }))
  } catch (error) {
    signal.throwIfAborted()
    const fault = readTransferFault(error)
    if (fault !== 'unknown') return fault
    return watchCaller({ room, identity, untilMs: deps.now() + lateMs }, deps, { signal })
  } finally {
    until.release()
  }
  // Who has gone by now has hung up: livekit-sip itself hangs up a second after a transfer.
  const present = await rooms.participants(room).catch((error: unknown) => {
    onError(error)
    return undefined // the carrier has agreed: a look that fails makes no failure of it
  })
  return !present || findCaller(present)?.identity === identity ? 'done' : 'caller-left'
}

/**
 * A transfer that another process has asked for: it is not asked for again. A caller who is still here when it must be
 * over was not transferred.
 * @param startedAt epoch milliseconds
 */
export async function awaitColdTransfer(
  { room, target, startedAt }: { room: string; target: Wanted; startedAt: number },
  deps: ColdTransferDeps,
  { signal }: { signal: AbortSignal },
): Promise<TransferOutcome> {
  const { lateMs = defaultLateMs } = deps
  const untilMs = startedAt + target.ringSeconds * 1000 + lateMs
  return watchCaller({ room, identity: undefined, untilMs }, deps, { signal })
}

/** Looks until the caller has left; whoever is seen first is the caller when `identity` is not known. */
async function watchCaller(
  { room, identity, untilMs }: { room: string; identity: string | undefined; untilMs: number },
  { rooms, now, onError, pollMs = defaultPollMs }: ColdTransferDeps,
  { signal }: { signal: AbortSignal },
): Promise<TransferOutcome> {
  for (let watched = identity; ; ) {
    try {
      const present = await rooms.participants(room)
      watched ??= findCaller(present)?.identity
      if (!present.some((one) => one.identity === watched)) return 'caller-left'
    } catch (error) {
      onError(error) // the next look may tell
    }
    if (now() >= untilMs) return 'unknown'
    await sleep(pollMs, undefined, { signal })
  }
}
