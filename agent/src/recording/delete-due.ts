import { dueRecordings } from '@trunkline/contracts'
import { inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import type { RecordingSink } from './sink.ts'
import { SinkError } from './sink.ts'

export interface DueOptions {
  readonly orchestrator: { readonly url: string; readonly token: string }
  readonly sink: Pick<RecordingSink, 'remove'>
  readonly logger: Logger
}

export interface DueDeletions {
  /** Asks now; resolves when what was due has been tried. */
  look(): Promise<void>
  close(): Promise<void>
}

const lookEveryMs = 60_000
const requestMs = 10_000

/**
 * Deletes recordings whose time is over, whose caller was erased or does not agree: the orchestrator knows which, and
 * this side has the storage. Every worker asks; to delete what is gone already does nothing.
 */
export function deleteDueRecordings({ orchestrator, sink, logger }: DueOptions): DueDeletions {
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

  const remove = async (reference: string): Promise<boolean> => {
    try {
      await sink.remove(reference, { signal: over.signal })
      return true
    } catch (error) {
      if (over.signal.aborted) return false
      const isForeign = error instanceof SinkError && error.code === 'foreign-reference'
      if (!isForeign) logger.warn({ err: error }, 'a recording was not deleted and is tried again')
      return false
    }
  }

  const lookOnce = async () => {
    const response = await call('/v1/recordings/due')
    if (!response) return
    const { recordings } = dueRecordings.parse(await response.json())
    const ids: string[] = []
    for (const { id, reference } of recordings) if (await remove(reference)) ids.push(id)
    if (ids.length === 0) return
    await call('/v1/recordings/gone', { method: 'POST', body: JSON.stringify({ ids }) })
    logger.info({ recordings: ids.length }, 'recordings deleted')
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
