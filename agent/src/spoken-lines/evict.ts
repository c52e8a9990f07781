import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { partSuffix } from './whole-file.ts'

export interface KeptFile {
  readonly name: string
  readonly bytes: number
  /** Epoch milliseconds. */
  readonly usedAt: number
}

/** A file that is written for so long belongs to a process that has died. */
const partLifeMs = 3600_000

/** Which files have to go so that the others fit: what nobody has used for longest, and what was never finished. */
export function toEvict(
  files: readonly KeptFile[],
  { maxBytes, now }: { maxBytes: number; now: number },
): readonly string[] {
  const isPart = ({ name }: KeptFile) => name.endsWith(partSuffix)
  const dead = files.filter((file) => isPart(file) && now - file.usedAt > partLifeMs)
  const whole = files.filter((file) => !isPart(file)).toSorted((a, b) => a.usedAt - b.usedAt)
  let bytes = whole.reduce((sum, file) => sum + file.bytes, 0)
  const evicted = whole.filter((file) => {
    if (bytes <= maxBytes) return false
    bytes -= file.bytes
    return true
  })
  return [...dead, ...evicted].map(({ name }) => name)
}

/** Keeps a folder within `maxBytes`. Other processes may do the same at the same time. */
export async function evict(dir: string, { maxBytes }: { maxBytes: number }): Promise<void> {
  const files: KeptFile[] = []
  for (const name of await readdir(dir)) {
    const { size, atimeMs } = await stat(join(dir, name)).catch(() => gone)
    files.push({ name, bytes: size, usedAt: atimeMs })
  }
  const names = toEvict(files, { maxBytes, now: Date.now() })
  for (const name of names) await rm(join(dir, name), { force: true })
}

/** Another process was quicker. */
const gone = { size: 0, atimeMs: 0 }
