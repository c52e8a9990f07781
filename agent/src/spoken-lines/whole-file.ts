import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Ends the names of files that are being written; a process that dies leaves them behind. */
export const partSuffix = '.part'

/**
 * Writes a file whole or not at all: another process may read it at any time. False when the disk takes nothing, which
 * costs only what would have been kept.
 */
export async function writeWhole(file: string, content: Uint8Array | string): Promise<boolean> {
  const part = `${file}.${randomUUID()}${partSuffix}`
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(part, content)
    await rename(part, file)
    return true
  } catch {
    await rm(part, { force: true }).catch(() => {}) // it may never have been there
    return false
  }
}
