import { randomUUID } from 'node:crypto'
import { link, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { DatabaseError } from './errors.ts'

/** A process may only be asked for on its own host; elsewhere the lock file's age decides. */
const heartbeatMs = 5000
const deadAfterMs = 30_000
const maxAttempts = 10

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
 * PGlite takes no lock of its own, and two processes on one folder lose rows. The lock of a dead process is passed
 * over by one with the next number, so no step ever removes a lock that could be a living one's:
 * `file`.1, `file`.2 …
 * @throws {DatabaseError} `in-use` when a living process holds it
 */
export async function acquirePgliteLock(file: string): Promise<PgliteLock> {
  const own: Holder = {
    pid: process.pid,
    host: hostname(),
    processStart: await processStart(process.pid),
    token: randomUUID(),
  }
  const draft = `${file}.draft-${own.token}`
  await writeFile(draft, JSON.stringify(own))
  try {
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      const held = await tryAcquire(file, { draft, token: own.token })
      if (held !== undefined) return hold(held)
      await sleep(Math.random() * 100)
    }
    throw inUse(file)
  } finally {
    await rm(draft, { force: true })
  }
}

/** Undefined when another starter was as fast: both step back and look again. */
async function tryAcquire(
  file: string,
  { draft, token }: { draft: string; token: string },
): Promise<string | undefined> {
  const before = await listLocks(file)
  if (before.some(({ isHeld }) => isHeld)) throw inUse(file)
  const own = `${file}.${Math.max(0, ...before.map(({ number }) => number)) + 1}`
  if (!(await linkOnce(draft, own))) return undefined
  // A listing is no snapshot: what was made while we looked shows now.
  const others = (await listLocks(file)).filter((lock) => lock.token !== token)
  if (others.some(({ isHeld }) => isHeld)) {
    await rm(own, { force: true })
    return undefined
  }
  for (const dead of others) await rm(dead.path, { force: true })
  return own
}

async function listLocks(file: string) {
  const prefix = `${basename(file)}.`
  const names = (await readdir(dirname(file))).filter(
    (name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)),
  )
  return Promise.all(
    names.map(async (name) => {
      const path = join(dirname(file), name)
      const holder = await readHolder(path)
      const number = Number(name.slice(prefix.length))
      const isHeld = holder !== undefined && (await isLiving(holder, path))
      return { path, number, token: holder?.token, isHeld }
    }),
  )
}

function hold(path: string): PgliteLock {
  const timer = setInterval(() => {
    const now = new Date()
    // A lock file that cannot be touched is old for other hosts only; the pid still speaks for us here.
    utimes(path, now, now).catch(() => undefined)
  }, heartbeatMs)
  timer.unref()
  return {
    async release() {
      clearInterval(timer)
      await rm(path, { force: true })
    },
  }
}

async function isLiving(holder: Holder, path: string): Promise<boolean> {
  if (holder.host === hostname()) {
    return isAlive(holder.pid) && (await processStart(holder.pid)) === holder.processStart
  }
  const touchedAt = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0, // released just now
  )
  return Date.now() - touchedAt < deadAfterMs
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
