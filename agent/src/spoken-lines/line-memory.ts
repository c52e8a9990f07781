import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dialledIn, jobMetadata, type LineWords, lineWords, toDialled } from '@trunkline/contracts'
import { writeWhole } from './whole-file.ts'

/** What a job knows of its line before anybody has told it anything. */
export interface LineHint {
  readonly room: string
  readonly metadata: string
}

/** What was last known of each line, on disk: for calls that no orchestrator welcomes. Holds nothing of a call. */
export interface LineMemory {
  read(hint: LineHint): Promise<LineWords | undefined>
  /** Keeps it under each name that a job may know the line by. */
  keep(names: readonly LineName[], words: LineWords): Promise<void>
}

export type LineName = { readonly id: string } | { readonly number: string }

export function createLineMemory({ dir }: { dir: string }): LineMemory {
  // Numbers are in no file's name: a folder's listing ends up in more places than its files.
  const fileOf = (name: LineName) => {
    const text = 'id' in name ? `line ${name.id}` : `number ${toDialled(name.number)}`
    return join(dir, `${createHash('sha256').update(text).digest('hex')}.json`)
  }
  return {
    async read(hint) {
      const name = toLineName(hint)
      if (!name) return undefined
      try {
        return lineWords.parse(JSON.parse(await readFile(fileOf(name), 'utf8')))
      } catch {
        return undefined // never kept, or by a version that wrote it otherwise
      }
    },
    async keep(names, words) {
      const content = JSON.stringify(lineWords.parse(words))
      for (const name of names) await writeWhole(fileOf(name), content)
    },
  }
}

/** The line in the metadata of the dispatch, else the number that was dialled. */
export function toLineName({ room, metadata }: LineHint): LineName | undefined {
  const id = readLine(metadata)
  if (id !== undefined) return { id }
  const number = dialledIn(room)
  return number === undefined ? undefined : { number }
}

function readLine(metadata: string): string | undefined {
  try {
    return jobMetadata.parse(JSON.parse(metadata)).line
  } catch {
    return undefined // foreign metadata: the dialled number may still tell
  }
}
