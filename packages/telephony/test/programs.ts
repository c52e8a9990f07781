import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'

/** The program's path, or undefined when it is not on PATH. */
function findProgram(name: string): string | undefined {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, name)
    try {
      accessSync(path, constants.X_OK)
      return path
    } catch {
      // not in this folder
    }
  }
  return undefined
}

/** Those of the programs that are missing; says so once when there are any. */
export function missingPrograms(test: string, names: readonly string[]): string[] {
  const missing = names.filter((name) => !findProgram(name))
  if (missing.length > 0) {
    process.stderr.write(`skipped: ${test} (not on PATH: ${missing.join(', ')})\n`)
  }
  return missing
}

/** Runs a program; its output is kept for the case that something goes wrong. */
export function runProgram(name: string, args: readonly string[]) {
  const output: string[] = []
  const child: ChildProcess = spawn(name, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const keep = (chunk: Buffer) => void output.push(chunk.toString())
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null))
    child.once('exit', (code) => resolve(code))
  })
  return {
    ended,
    output: () => output.join(''),
    async stop(): Promise<void> {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** A TCP port that is free now; good enough for UDP on the same number on a machine that runs tests. */
export async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** Asks until `check` gives something; throws with `what` after `timeoutMs`. */
export async function waitFor<T>(
  what: string,
  check: () => Promise<T | undefined>,
  timeoutMs = 20_000,
): Promise<T> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const found = await check().catch(() => undefined)
    if (found !== undefined) return found
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
