import { rm } from 'node:fs/promises'

/** False when there was none. */
export async function removeFile(file: string): Promise<boolean> {
  try {
    await rm(file)
    return true
  } catch (error) {
    if (isGone(error)) return false
    throw error
  }
}

/** Of an error of the file system: there is no such file. */
export function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
