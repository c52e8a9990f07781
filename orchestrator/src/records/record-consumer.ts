import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '@trunkline/telemetry'
import type { RecordEntry } from './record-entry.ts'
import type { RecordStream, StreamRow } from './record-stream.ts'
import { isDataFault } from './sql-state.ts'

export interface RecordConsumerDeps {
  readonly stream: RecordStream
  /** Waits for the stream's connection, so that a start is no failure. Never rejects. */
  readonly becomeReady: (options: { signal: AbortSignal }) => Promise<unknown>
  /** Writes a batch, all or nothing; the same entries may be given again. */
  readonly write: (entries: readonly RecordEntry[]) => Promise<void>
  readonly batchSize: number
  readonly logger: Logger
  readonly onBuried: () => void
  readonly onWaiting: (entries: number) => void
  /** From when on another consumer's entries are taken over; 30 s by default. */
  readonly claimIdleMs?: number
  readonly retryDelayMs?: { readonly first: number; readonly max: number }
}

export interface RecordConsumer {
  /** Finishes the batch that is being written and stops. */
  close(): Promise<void>
}

const claimEveryMs = 5000

/**
 * Moves entries from the stream into Postgres, for as long as it runs. An entry is acknowledged after its commit and
 * not before: what happens in between, whoever dies, only means writing it again.
 */
export function startRecordConsumer(deps: RecordConsumerDeps): RecordConsumer {
  const { stream, write, batchSize, logger, onBuried, onWaiting, claimIdleMs = 30_000 } = deps
  const { first, max } = deps.retryDelayMs ?? { first: 100, max: 5000 }
  const closing = new AbortController()
  const { signal } = closing
  let delayMs = first
  let isAway = false
  let claimAt = 0

  const pause = async (error: unknown) => {
    if (!isAway) logger.warn({ kind: kindOf(error) }, 'records wait')
    isAway = true
    await sleep(delayMs, undefined, { signal, ref: false }).catch(() => {}) // an abort ends the loop
    delayMs = Math.min(max, delayMs * 2)
  }
  const next = async (): Promise<StreamRow[]> => {
    if (performance.now() < claimAt) return stream.readNew({ count: batchSize })
    const stale = await stream.claimStale({ count: batchSize, idleMs: claimIdleMs })
    onWaiting(await stream.waiting())
    if (stale.length > 0) return stale
    claimAt = performance.now() + claimEveryMs
    return []
  }
  /** True when every row is safe or put aside. */
  const store = async (rows: readonly StreamRow[]): Promise<void> => {
    const readable = rows.filter(({ entry }) => entry !== undefined)
    const bad = rows.filter(({ entry }) => entry === undefined)
    try {
      await write(readable.flatMap(({ entry }) => (entry ? [entry] : [])))
      if (readable.length > 0) await stream.acknowledge(readable)
    } catch (error) {
      if (!isDataFault(error)) throw error
      if (readable.length > 1) {
        // One of them is at fault: alone, the others go through.
        for (const row of readable) await store([row])
      } else bad.push(...readable)
    }
    for (const row of bad) {
      await stream.bury(row)
      onBuried()
      logger.error({ streamId: row.id }, 'a record was put aside')
    }
  }
  const run = async () => {
    let rows: StreamRow[] = []
    await deps.becomeReady({ signal })
    while (!signal.aborted) {
      try {
        if (rows.length === 0) rows = await next()
        if (rows.length > 0) await store(rows)
        rows = []
        if (isAway) logger.info('records are written again')
        isAway = false
        delayMs = first
      } catch (error) {
        await pause(error)
      }
    }
    // Away: the entries stay in our name until another consumer claims them.
    await stream.leave().catch(() => {})
  }
  const running = run()
  return {
    close() {
      closing.abort()
      return running
    },
  }
}

/** Drivers' messages repeat the values: only what kind of error it is is logged. */
function kindOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}
