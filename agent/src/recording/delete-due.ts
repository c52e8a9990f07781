import { type DueRecordings, dueRecordings } from '@trunkline/contracts'
import { inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import type { RecordingSink } from './sink.ts'
import { SinkError } from './sink.ts'

export interface DueOptions {
  readonly orchestrator: { readonly url: string; readonly token: string }
  /** As a sink does; true also for what was on its way there from this machine. */
  readonly sink: Pick<RecordingSink, 'remove'>
  readonly logger: Logger
  /** Epoch milliseconds. */
  readonly now?: () => number
}

export interface DueDeletions {
  /** Asks now; resolves when what was due has been tried. */
  look(): Promise<void>
  close(): Promise<void>
}

type Due = DueRecordings['recordings'][number]

const lookEveryMs = 60_000
const requestMs = 10_000
/** No recording is longer on its way: what lies neither here nor, as far as can be known, there lies nowhere. */
const onItsWayMs = 86_400_000

/**
 * Deletes recordings whose time is over, whose caller was erased or does not agree: the orchestrator knows which, and
 * this side has the storage. Every worker asks, and deletes what it finds; it tells of what it had alone: another
 * worker's disk may have the recording yet, and bring it to where it is kept when nobody remembers it any more.
 */
export function deleteDueRecordings(options: DueOptions): DueDeletions {
  const { orchestrator, sink, logger, now = Date.now } = options
  const over = new AbortController()
  let looking: Promise<void> | undefined

  const call = async (path: string, init: RequestInit = {}) => {
    const timeout = AbortSignal.timeout(requestMs)
    const response = await fetch(new URL(path, orchestrator.url), {
      ...init,
      signal: timeout,
      headers: {
        authorization: `Bearer ${orchestrator.token}`,
        ...(init.body !== undefined && { 'content-type': 'application/json' }),
      },
    })
    // 404: an orchestrator without a database, or of an older version.
    if (response.status === 404) return undefined
    if (!response.ok) throw new Error(`the orchestrator answered ${response.status}`)
    return response
  }

  /** True when it lies nowhere any more. */
  const remove = async ({ reference, at, isRemoved = false }: Due): Promise<boolean> => {
    try {
      const wasThere = await sink.remove(reference, { signal: over.signal })
      const isOld = at !== undefined && now() - at > onItsWayMs
      return isRemoved || (wasThere ?? isOld)
    } catch (error) {
      if (over.signal.aborted) return false
      const isForeign = error instanceof SinkError && error.code === 'foreign-reference'
      if (!isForeign) logger.warn({ err: error }, 'a recording was not deleted and is tried again')
      return false
    }
  }

  const lookOnce = async () => {
    let cursor: string | undefined
    do {
      const query = cursor === undefined ? '' : `?${new URLSearchParams({ cursor })}`
      const response = await call(`/v1/recordings/due${query}`)
      if (!response) return
      const { recordings, nextCursor } = dueRecordings.parse(await response.json())
      const ids: string[] = []
      for (const due of recordings) if (await remove(due)) ids.push(due.id)
      if (ids.length > 0) {
        await call('/v1/recordings/gone', { method: 'POST', body: JSON.stringify({ ids }) })
        logger.info({ recordings: ids.length }, 'recordings deleted')
      }
      cursor = nextCursor
    } while (cursor !== undefined && !over.signal.aborted)
  }
  const look = () => {
    looking ??= lookOnce().finally(() => {
      looking = undefined
    })
    return looking
  }
  const timer = setInterval(() => {
    inBackground(look(), {
      onError: (error) => logger.warn({ err: error }, 'due recordings could not be asked for'),
    })
  }, lookEveryMs)

  return {
    look,
    async close() {
      clearInterval(timer)
      over.abort()
      await looking?.catch(() => {}) // told by who began it
    },
  }
}
