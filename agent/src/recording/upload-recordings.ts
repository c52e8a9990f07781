import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import { isGone, removeFile } from './remove-file.ts'
import type { RecordingSink } from './sink.ts'
import { growing } from './wav-file.ts'

export interface Uploads {
  /** Looks now; resolves when everything that was there has been tried. */
  look(): Promise<void>
  /**
   * Removes what was to be uploaded under this name, whole or growing; resolves when no upload of it is under way. True
   * when it lay in this folder, now or within the last day: no other machine has it then.
   */
  forget(name: string): Promise<boolean>
  /** Stops; what is left lies there for the next worker. */
  close(): Promise<void>
}

export interface UploadOptions {
  /** Where jobs write. */
  readonly folder: string
  readonly sink: Pick<RecordingSink, 'put'>
  readonly logger: Logger
  /** Epoch milliseconds, as files have them. */
  readonly now?: () => number
  readonly random?: () => number
}

const lookEveryMs = 5000
/** A job writes every second: a file that has not grown for so long has lost its job. */
const abandonedMs = 60_000
const firstDelayMs = 5000
const longestDelayMs = 600_000
const rememberedMs = 86_400_000

/** Milliseconds until a recording is tried again, after so many attempts; from half of it to all of it. */
export function uploadDelayMs(attempts: number, random: () => number): number {
  const full = Math.min(longestDelayMs, firstDelayMs * 2 ** (attempts - 1))
  return full / 2 + (full / 2) * random()
}

/** Brings what jobs have recorded to where it is kept, that of killed jobs and killed workers too, then removes it. */
export function uploadRecordings(options: UploadOptions): Uploads {
  const { folder, sink, logger, now = Date.now, random = Math.random } = options
  const over = new AbortController()
  const failed = new Map<string, { attempts: number; againAt: number }>()
  /** What has lain here, by name, and when it was last seen; in that order. */
  const seen = new Map<string, number>()
  let looking: Promise<void> | undefined
  let uploading: { readonly name: string; readonly done: Promise<void> } | undefined

  const upload = async (name: string) => {
    const before = failed.get(name)
    if (before && before.againAt > now()) return
    const file = join(folder, name)
    try {
      const done = sink.put(name, file, { signal: over.signal })
      uploading = { name, done }
      await done
      await rm(file, { force: true })
      failed.delete(name)
    } catch (error) {
      if (over.signal.aborted || isGone(error)) return // another worker on this machine was faster
      const attempts = (before?.attempts ?? 0) + 1
      failed.set(name, { attempts, againAt: now() + uploadDelayMs(attempts, random) })
      logger.warn({ err: error, attempts }, 'a recording was not uploaded and is tried again')
    } finally {
      uploading = undefined
    }
  }

  const note = (name: string) => {
    seen.delete(name)
    seen.set(name, now())
    for (const [oldest, at] of seen) {
      if (now() - at < rememberedMs) return
      seen.delete(oldest)
    }
  }

  const adoptAbandoned = async (name: string): Promise<string | undefined> => {
    const file = join(folder, name)
    try {
      const { mtimeMs } = await stat(file)
      if (now() - mtimeMs < abandonedMs) return undefined
      const whole = toWhole(name)
      await rename(file, join(folder, whole))
      return whole
    } catch (error) {
      if (isGone(error)) return undefined
      throw error
    }
  }

  const lookOnce = async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    for (const name of await readdir(folder)) {
      if (over.signal.aborted) return
      note(toWhole(name))
      const whole = name.endsWith(growing) ? await adoptAbandoned(name) : name
      if (whole !== undefined) await upload(whole)
    }
  }
  const look = () => {
    looking ??= lookOnce().finally(() => {
      looking = undefined
    })
    return looking
  }
  const lookInBackground = () =>
    inBackground(look(), {
      onError: (error) => logger.error({ err: error }, 'recordings could not be looked for'),
    })
  const timer = setInterval(lookInBackground, lookEveryMs)
  lookInBackground()

  return {
    look,
    async forget(name) {
      // In this order: one that is being adopted goes from the first name to the second.
      const wasGrowing = await removeFile(join(folder, `${name}${growing}`))
      const wasWhole = await removeFile(join(folder, name))
      if (uploading?.name === name) await uploading.done.catch(() => {}) // told by who began it
      failed.delete(name)
      return wasGrowing || wasWhole || seen.has(name)
    },
    async close() {
      clearInterval(timer)
      over.abort()
      await looking?.catch(() => {}) // told by who began it
    },
  }
}

function toWhole(name: string): string {
  return name.endsWith(growing) ? name.slice(0, -growing.length) : name
}
