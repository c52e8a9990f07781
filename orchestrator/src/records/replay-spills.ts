import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '@trunkline/telemetry'
import type { Redis } from 'ioredis'
import { keys } from '../store/keys.ts'
import { readLeftoverSpills } from './leftover-spills.ts'
import { readRecordJson } from './record-entry.ts'
import { addRecords } from './record-stream.ts'

export interface ReplayDeps {
  readonly redis: Redis
  readonly dir: string
  readonly holder: string
  readonly logger: Logger
  readonly now: () => number
  /** The call of an entry went on elsewhere: what its dead holder thought of it does not count. */
  readonly onSuperseded: () => void
  readonly everyMs?: number
}

const batchSize = 200

/** Puts what dead processes left on disk into the stream, at the start and from time to time. */
export function startReplay(deps: ReplayDeps): { close(): Promise<void> } {
  const { redis, dir, holder, logger, now, everyMs = 30_000 } = deps
  const closing = new AbortController()
  const { signal } = closing

  const replayAll = async () => {
    for await (const { header, lines, remove } of readLeftoverSpills(dir, { holder, now })) {
      for (let from = 0; from < lines.length; from += batchSize) {
        const batch: string[] = []
        for (const line of lines.slice(from, from + batchSize)) {
          const entry = readRecordJson(line)
          if (!entry) continue // the line that was being written when its process died
          const isTakenOver =
            entry.kind === 'call-event' &&
            !(await wasHolder(redis, { callId: entry.callId, holder: header.holder }))
          if (isTakenOver) deps.onSuperseded()
          else batch.push(line)
        }
        if (batch.length > 0) await addRecords(redis, batch)
      }
      await remove()
      logger.info({ entries: lines.length }, 'spilled records replayed')
    }
  }
  const run = async () => {
    while (!signal.aborted) {
      if (redis.status === 'ready') {
        await replayAll().catch((error: unknown) => {
          logger.warn({ kind: error instanceof Error ? error.name : '' }, 'spilled records wait')
        })
      }
      const delayMs = redis.status === 'ready' ? everyMs : 200
      await sleep(delayMs, undefined, { signal, ref: false }).catch(() => {}) // the loop ends
    }
  }
  const running = run()
  return {
    close() {
      closing.abort()
      return running
    },
  }
}

/** True when nobody has taken the call over since. */
async function wasHolder(
  redis: Redis,
  { callId, holder }: { callId: string; holder: string },
): Promise<boolean> {
  const current = await redis.hget(keys.lease(callId), 'holder')
  return current === null || current === '' || current === holder
}
