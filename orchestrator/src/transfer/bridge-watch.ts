import type { TransferMode } from '@trunkline/contracts'
import type { Rooms } from '../livekit/rooms.ts'
import { findTalkers } from './caller-leg.ts'

export interface BridgeWatchOptions {
  readonly rooms: Pick<Rooms, 'participants'>
  readonly room: string
  readonly mode: TransferMode
  /** How long the caller's leg may take to be hung up after a cold transfer. */
  readonly goneMs: number
  /** Called once, when no two talk any more. */
  readonly onOver: () => void
  readonly onError: (error: unknown) => void
  readonly everyMs?: number
}

/**
 * Looks until one of the two who were joined has left; after a cold transfer there is nobody to be joined, and only the
 * caller's leg has to go. Webhooks say it sooner, and get lost. Gives what stops it.
 */
export function watchBridge(options: BridgeWatchOptions): () => void {
  const { rooms, room, mode, goneMs, onOver, onError, everyMs = 1000 } = options
  let timer: NodeJS.Timeout
  let isStopped = false
  const look = async () => {
    const isOver =
      mode === 'cold' ||
      (await rooms.participants(room).then(
        (present) => findTalkers(present).length < 2,
        (error: unknown) => {
          onError(error)
          return false
        },
      ))
    if (isStopped) return
    if (isOver) onOver()
    else timer = setTimeout(() => void look(), everyMs) // reports its own failures
  }
  timer = setTimeout(() => void look(), mode === 'cold' ? goneMs : everyMs)
  return () => {
    isStopped = true
    clearTimeout(timer)
  }
}
