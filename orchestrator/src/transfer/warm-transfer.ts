import { randomBytes } from 'node:crypto'
import {
  type CallAction,
  colleagueIdentityPrefix,
  type TransferOutcome,
  type TransferStage,
} from '@trunkline/contracts'
import type { RoomTracks } from '../livekit/room-tracks.ts'
import type { Rooms } from '../livekit/rooms.ts'
import type { SipApi } from '../livekit/sip-api.ts'
import { findCaller } from './caller-leg.ts'
import type { FoundTarget } from './find-target.ts'
import { keepApart } from './keep-apart.ts'
import { readTransferFault } from './outcome.ts'
import { untilAborted } from './until-aborted.ts'

export interface WarmTransferDeps {
  readonly sip: Pick<SipApi, 'dial'>
  readonly rooms: Pick<Rooms, 'participants' | 'removeParticipant'>
  readonly tracks: RoomTracks
  /** LiveKit's id of the outbound trunk. */
  readonly trunkId: string
  /** Asks the agent; false when it cannot, or nobody answers in time. */
  readonly ask: (action: CallAction, options: { timeoutMs: number }) => Promise<boolean>
  readonly onStage: (stage: TransferStage) => void
  /** Tells the caller that somebody is there; resolves when it was heard. */
  readonly tellCaller: () => Promise<void>
  readonly onError: (error: unknown) => void
}

export interface WarmTransfer {
  readonly room: string
  readonly target: Pick<FoundTarget, 'to' | 'ringSeconds'>
  /** The number that the colleague is shown. */
  readonly from: string | undefined
  /** What the colleague is told before the two are joined. */
  readonly brief: { readonly text: string; readonly language: string; readonly voice: string }
}

const askMs = 5000
const briefMs = 60_000
/** livekit-server answers within some milliseconds; without privacy nothing is said. */
const privacyMs = 5000

/**
 * Dials the target into the caller's room, where the two do not hear each other, tells them what it is about, and joins
 * them. After every outcome but `done` the colleague is out of the room again.
 * @throws the reason of `signal`
 */
export async function transferWarm(
  { room, target, from, brief }: WarmTransfer,
  deps: WarmTransferDeps,
  { signal }: { signal: AbortSignal },
): Promise<TransferOutcome> {
  const { sip, rooms, tracks, trunkId, ask, onStage, tellCaller, onError } = deps
  const caller = findCaller(await rooms.participants(room))
  if (!caller) return 'not-possible'
  const colleague = `${colleagueIdentityPrefix}${randomBytes(8).toString('hex')}`
  const until = untilAborted(signal)
  const apart = keepApart({ room, caller: caller.identity, colleague }, { tracks, onError, signal })
  const isThere = async () =>
    (await rooms.participants(room)).some(({ identity }) => identity === colleague)
  let isJoined = false
  try {
    const { ringSeconds } = target
    const dialled = {
      trunkId,
      to: toDialled(target.to),
      room,
      identity: colleague,
      from,
      ringSeconds,
    }
    const fault = await until.race(sip.dial(dialled).then(() => undefined, readTransferFault))
    // A telephone that rang for as long as it may and was not answered has no SIP status.
    if (fault !== undefined) return fault === 'unknown' ? 'no-answer' : fault

    onStage('briefing')
    if (await until.race(ask({ kind: 'consult' }, { timeoutMs: askMs }))) {
      const isPrivate = await until.race(within(apart.briefingIsPrivate(), privacyMs))
      if (isPrivate) await until.race(ask({ kind: 'brief', ...brief }, { timeoutMs: briefMs }))
    }
    if (!(await isThere())) return 'declined'
    onStage('joining')
    await until.race(ask({ kind: 'unhold' }, { timeoutMs: askMs }))
    await until.race(tellCaller())
    if (!(await isThere())) return 'declined'
    await apart.join()
    isJoined = true
    return 'done'
  } finally {
    until.release()
    await apart.stop()
    if (!isJoined) await rooms.removeParticipant(room, colleague).catch(onError)
  }
}

/** A trunk dials numbers and users; where they are is the trunk's. */
function toDialled(to: string): string {
  return /^sips?:([^@]+)@/.exec(to)?.[1] ?? to
}

async function within(work: Promise<void>, timeoutMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs)
  })
  return Promise.race([work.then(() => true), late]).finally(() => clearTimeout(timer))
}
