import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { type SpillHeader, spillSuffix } from './spill.ts'

const spillHeader = z.object({ holder: z.string(), host: z.string(), pid: z.number() })
/** A process on another host that shares the folder is taken for dead after this silence. */
const foreignAgeMs = 60_000

export interface LeftoverSpill {
  readonly header: SpillHeader
  readonly lines: readonly string[]
  remove(): Promise<void>
}

/** Spill files of processes that have died: what they had to write is replayed by whoever finds it. */
export async function* readLeftoverSpills(
  dir: string,
  { holder, now }: { holder: string; now: () => number },
): AsyncGenerator<LeftoverSpill> {
  const names = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [] // nothing was ever spilled
    throw error
  })
  for (const name of names.sort()) {
    if (!name.endsWith(spillSuffix) || name.startsWith(holder)) continue
    const file = join(dir, name)
    const [first = '', ...lines] = (await readFile(file, 'utf8')).split('\n')
    const header = readHeader(first)
    if (header && (await isAlive(header, { file, now }))) continue
    const remove = () => rm(file, { force: true })
    if (header) yield { header, lines: lines.filter((line) => line !== ''), remove }
    else await remove() // killed before its first sync: nothing in it was ever promised
  }
}

function readHeader(line: string): SpillHeader | undefined {
  try {
    return spillHeader.parse(JSON.parse(line))
  } catch {
    return undefined
  }
}

async function isAlive(
  { host, pid }: SpillHeader,
  { file, now }: { file: string; now: () => number },
): Promise<boolean> {
  if (host !== hostname()) return now() - (await stat(file)).mtimeMs < foreignAgeMs
  if (pid === process.pid) return false // a container's first process always has the same
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
