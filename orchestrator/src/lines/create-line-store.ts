import { dirname, relative } from 'node:path'
import type { Line } from '@trunkline/contracts'
import { toDialled } from '@trunkline/contracts'
import { inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import type { HotelData } from '../hotel/hotel-data.ts'
import { hotelIdOf } from '../hotel/hotel-id.ts'
import { type FileFault, LineError } from './line-error.ts'
import type { LineStore } from './line-store.ts'
import { findClashes, type LinesRead, type LoadedLine, readLines } from './read-lines.ts'
import { watchFolders } from './watch-folders.ts'

/** Lines from files, with the hotels they name. */
export interface FileLineStore extends LineStore {
  /** Each hotel that a line names, by its id. */
  hotels(): ReadonlyMap<string, HotelData>
  /** Calls `listener` after each change that was taken over. Returns how to stop that. */
  onReload(listener: () => void): () => void
  /** Reads the files now, as a change does. Resolves to true when something was taken over. */
  reload(): Promise<boolean>
}

export interface LineStoreOptions {
  readonly dir: string
  readonly logger: Logger
  readonly onReload?: () => void
}

/**
 * Reads `dir`/*.yaml and follows their changes: the next call uses a changed line, running calls keep theirs.
 * A change with a fault keeps the version before.
 * @throws {LineError} at the start, with every fault of every file
 */
export async function createLineStore(options: LineStoreOptions): Promise<FileLineStore> {
  const { dir, logger } = options
  const first = await readLines(dir)
  const faults = [...first.faults, ...findClashes(first.loaded)]
  if (faults.length > 0) throw new LineError(faults)

  let fingerprint = first.fingerprint
  let current = toIndex(first.loaded)
  const listeners = new Set<() => void>(options.onReload ? [options.onReload] : [])
  let reading: Promise<boolean> = Promise.resolve(false)

  const takeOver = async (): Promise<boolean> => {
    const read = await readLines(dir)
    if (read.fingerprint === fingerprint) return false
    fingerprint = read.fingerprint
    const loaded = keepOldWhereFaulty(read, current.loaded)
    const clashes = findClashes(loaded)
    reportFaults([...read.faults, ...clashes])
    if (clashes.length > 0 || loaded.length === 0) return false
    current = toIndex(loaded)
    watching.set(foldersOf(dir, loaded))
    logger.info({ lines: loaded.length }, 'lines reloaded')
    for (const listener of listeners) listener()
    return true
  }
  const reportFaults = (found: readonly FileFault[]) => {
    for (const { file, line, column, field, message } of found) {
      const place = { file: relative(dir, file), line, column, field, fault: message }
      logger.error(place, 'line file not taken over')
    }
  }
  const reload = () => {
    reading = reading.then(takeOver, takeOver)
    return reading
  }
  const watching = watchFolders({
    onChange: () =>
      inBackground(reload(), { onError: (err) => logger.error({ err }, 'lines not read') }),
  })
  watching.set(foldersOf(dir, first.loaded))

  return {
    byId: (id) => current.byId.get(id),
    byNumber: (number) => current.byNumber.get(toDialled(number)),
    all: () => current.lines,
    hotels: () => current.hotels,
    onReload(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    reload,
    async close() {
      watching.close()
      listeners.clear()
      await reading.catch(() => undefined) // reported when it failed
    },
  }
}

interface Index {
  readonly loaded: readonly LoadedLine[]
  readonly lines: readonly Line[]
  readonly byId: ReadonlyMap<string, Line>
  readonly byNumber: ReadonlyMap<string, Line>
  readonly hotels: ReadonlyMap<string, HotelData>
}

function toIndex(loaded: readonly LoadedLine[]): Index {
  const lines = loaded.map(({ line }) => line)
  return {
    loaded,
    lines,
    byId: new Map(lines.map((line) => [line.id, line])),
    byNumber: new Map(
      lines.flatMap((line) => line.numbers.map((number) => [toDialled(number), line] as const)),
    ),
    hotels: new Map(loaded.map(({ line, hotel }) => [hotelIdOf(line), hotel])),
  }
}

/** A file that is there but not right keeps its last good version; a file that is gone is gone. */
function keepOldWhereFaulty(read: LinesRead, old: readonly LoadedLine[]): readonly LoadedLine[] {
  const good = new Set(read.loaded.map(({ file }) => file))
  const hotels = toIndex(read.loaded).hotels
  const kept = old
    .filter(({ file }) => read.files.includes(file) && !good.has(file))
    .map((one) => ({ ...one, hotel: hotels.get(hotelIdOf(one.line)) ?? one.hotel }))
  return [...read.loaded, ...kept].sort((a, b) => (a.file < b.file ? -1 : 1))
}

function foldersOf(dir: string, loaded: readonly LoadedLine[]): readonly string[] {
  const hotelFolders = loaded.map(({ line }) => dirname(`${dir}/${line.hotel.data}`))
  return [...new Set([dir, ...hotelFolders])]
}
