import { mkdir, open, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { inBackground } from '@trunkline/runtime'

/** Lines on the local disk for as long as Redis does not take them. */
export interface Spill {
  /** Writes the line behind the scenes and syncs it. False when the bound is reached and it was not taken. */
  add(line: string): boolean
  /** Removes the file; lines added after this call go to a new one. */
  clear(): void
  /** Resolves when everything added so far is on disk or removed. */
  settled(): Promise<void>
  readonly bytes: number
}

export interface SpillOptions {
  readonly dir: string
  /** This process in the calls' leases; first line of the file. */
  readonly holder: string
  /** Tells several spills of one process apart. */
  readonly name: string
  readonly maxBytes: number
  readonly onError: (error: unknown) => void
}

/** First line of a spill file. */
export interface SpillHeader {
  readonly holder: string
  readonly host: string
  readonly pid: number
}

export const spillSuffix = '.jsonl'

/** One file of JSON lines, readable by its owner alone, synced after each batch of lines. */
export function createSpill({ dir, holder, name, maxBytes, onError }: SpillOptions): Spill {
  let number = 0
  let bytes = 0
  let waiting: string[] = []
  let work: Promise<void> = Promise.resolve()
  const fileOf = (which: number) => join(dir, `${holder}-${name}-${which}${spillSuffix}`)
  const header: SpillHeader = { holder, host: hostname(), pid: process.pid }

  const write = async (file: string, lines: readonly string[]) => {
    await mkdir(dir, { recursive: true })
    const handle = await open(file, 'a', 0o600)
    try {
      const { size } = await handle.stat()
      const all = size === 0 ? [JSON.stringify(header), ...lines] : lines
      await handle.appendFile(`${all.join('\n')}\n`)
      await handle.datasync()
    } finally {
      await handle.close()
    }
  }
  const then = (next: () => Promise<void>) => {
    work = work.then(next).catch(onError)
    inBackground(work, { onError })
  }

  return {
    add(line) {
      const size = Buffer.byteLength(line) + 1
      if (bytes + size > maxBytes) return false
      bytes += size
      waiting.push(line)
      if (waiting.length > 1) return true // the write that is waiting takes it along
      const file = fileOf(number)
      const batch = waiting
      then(async () => {
        if (batch === waiting) waiting = []
        if (batch.length > 0) await write(file, batch)
      })
      return true
    },
    clear() {
      if (bytes === 0) return
      const file = fileOf(number)
      number += 1
      bytes = 0
      waiting.length = 0 // also of a batch whose write has not begun
      waiting = []
      then(() => rm(file, { force: true }))
    },
    settled: () => work,
    get bytes() {
      return bytes
    },
  }
}
