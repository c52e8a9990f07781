import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { z } from 'zod'
import { DatabaseError } from './errors.ts'

/** A process may only be asked for on its own host; elsewhere the lock file's age decides. */
const heartbeatMs = 5000
const deadAfterMs = 30_000

const holder = z.object({
  pid: z.number().int(),
  host: z.string(),
  /** Tells a new process with a dead one's pid (in containers always 1) from the dead one. */
  processStart: z.string(),
  token: z.string(),
})
type Holder = z.infer<typeof holder>

export interface PgliteLock {
  release(): Promise<void>
}

/**
 * PGlite takes no lock of its own, and two processes on one folder lose rows. A dead process's lock is taken over.
 * @throws {DatabaseError} `in-use` when a living process holds it
 */
export async function acquirePgliteLock(file: string): Promise<PgliteLock> {
  const own: Holder = {
    pid: process.pid,
    host: hostname(),
    processStart: await processStart(process.pid),
    token: randomUUID(),
  }
  const draft = `${file}.${own.token}`
  await writeFile(draft, JSON.stringify(own))
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      if (await linkOnce(draft, file)) return hold(file, own)
      await removeDead(file, own)
    }
    throw inUse(file)
  } finally {
    await rm(draft, { force: true })
  }
}

function hold(file: string, own: Holder): PgliteLock {
  const timer = setInterval(() => {
    const now = new Date()
    // A lock file that cannot be touched is old for other hosts only; the pid still speaks for us here.
    utimes(file, now, now).catch(() => undefined)
  }, heartbeatMs)
  timer.unref()
  return {
    async release() {
      clearInterval(timer)
      const current = await readHolder(file)
      if (current?.token === own.token) await rm(file, { force: true })
    },
  }
}

/** Moves a dead holder's lock away; whoever moved a living one by a lost race puts it back. */
async function removeDead(file: string, own: Holder): Promise<void> {
  if (await isHeld(file)) throw inUse(file)
  const aside = `${file}.${own.token}.dead`
  try {
    await rename(file, aside)
  } catch {
    return // released or taken over by another starter in the meantime: try again
  }
  const wasAlive = await isHeld(aside)
  if (wasAlive) await linkOnce(aside, file)
  await rm(aside, { force: true })
  if (wasAlive) throw inUse(file)
}

async function isHeld(file: string): Promise<boolean> {
  const current = await readHolder(file)
  if (!current) return false
  if (current.host !== hostname()) {
    const { mtimeMs } = await stat(file)
    return Date.now() - mtimeMs < deadAfterMs
  }
  return isAlive(current.pid) && (await processStart(current.pid)) === current.processStart
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return holder.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return undefined // gone, or not a lock: nobody holds it
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Clock ticks from boot to the process's start, by Linux's /proc; elsewhere empty, and the pid must do. */
async function processStart(pid: number): Promise<string> {
  try {
    const stats = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The second field, the program's name, may hold spaces and parentheses; field 22 is counted after it.
    return stats.slice(stats.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

async function linkOnce(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function inUse(file: string): DatabaseError {
  return new DatabaseError(
    'in-use',
    `another orchestrator has the embedded database open (${file}): ` +
      'PGlite serves one process, so set DATABASE_URL to run more than one',
  )
}
