import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'

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
