import { setTimeout as sleep } from 'node:timers/promises'
import { withSignals } from '@trunkline/runtime'
import type { CallStore, StoredEvent } from '../store/call-store.ts'
import { isOver } from './call-machine.ts'

export interface FollowOptions {
  readonly callId: string
  /** Id of the last event that is known already. */
  readonly after: string
  readonly heartbeatMs: number
  readonly signal: AbortSignal
}

const pageSize = 100

/**
 * The events of a call after `after`, then those to come, until `call-ended`. Nothing is read ahead of the
 * consumer, so a slow one costs no memory. Yields `undefined` as a heartbeat.
 * @throws {OrchestratorError} when the store is away
 */
export async function* followEvents(
  store: Pick<CallStore, 'readEvents' | 'read' | 'watch'>,
  { callId, after, heartbeatMs, signal }: FollowOptions,
): AsyncGenerator<StoredEvent | undefined> {
  let position = after
  let hasNews = false
  let wake = () => {}
  const unwatch = store.watch(callId, () => {
    hasNews = true
    wake()
  })
  try {
    while (!signal.aborted) {
      hasNews = false
      const events = await store.readEvents(callId, { after: position, limit: pageSize })
      for (const entry of events) {
        yield entry
        position = entry.id
        if (entry.event.type === 'call-ended') return
      }
      if (hasNews || events.length > 0) continue
      const pause = new AbortController()
      wake = () => pause.abort()
      const isQuiet = await withSignals([signal, pause.signal], {}, (paused) =>
        sleep(heartbeatMs, true, { signal: paused }),
      ).catch(() => false) // woken, or the consumer has gone: the loop looks which
      if (!isQuiet) continue
      yield undefined
      // An end that was never written (its event was dropped while Redis was away) must not be waited for.
      const stored = await store.read(callId)
      if (!stored || isOver(stored.call.state)) return
    }
  } finally {
    unwatch()
  }
}
