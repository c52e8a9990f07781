import { setTimeout as sleep } from 'node:timers/promises'
import { type CloseUnheardDeps, closeUnheard, type UnheardRoom } from '../dispatch/close-unheard.ts'
import type { CallStore } from '../store/call-store.ts'
import type { DialFailure } from './dial-result.ts'

export interface CloseUnansweredDeps extends CloseUnheardDeps {
  readonly store: CloseUnheardDeps['store'] & Pick<CallStore, 'findByRoom'>
  /** How long a job that was sent may still say hello. */
  readonly helloMs?: number
}

const pollMs = 100

/**
 * Puts a dialled call on record that was refused before its job came: livekit-server sends none to a room that is gone.
 * A call that has its job is ended by its session.
 */
export async function closeUnanswered(
  room: UnheardRoom,
  deps: CloseUnansweredDeps,
  reason: DialFailure,
): Promise<void> {
  const { store, helloMs = 4000 } = deps
  for (let waitedMs = 0; waitedMs < helloMs; waitedMs += pollMs) {
    if ((await store.findByRoom(room.roomSid)) !== undefined) return
    await sleep(pollMs)
  }
  await closeUnheard({ ...room, direction: 'outbound' }, deps, reason)
}
