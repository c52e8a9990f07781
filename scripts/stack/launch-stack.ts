import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { stack } from '@trunkline/contracts'
import { z } from 'zod'
import { npmPrograms, repositoryRoot } from '../paths.ts'
import type { PlanOptions } from './make-plan.ts'
import { runDir as toRunDir } from './run-dir.ts'
import type { ReadyStack } from './run-stack.ts'

/** What a supervisor in the background tells the process that launched it. */
export const supervisorMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('line'), text: z.string() }),
  z.object({ type: z.literal('ready'), ready: z.object({ stack, screen: z.string() }) }),
])
export type SupervisorMessage = z.infer<typeof supervisorMessage>

/** What it is told; without `detach` it ends with the process that launched it. */
export const launcherMessage = z.object({ type: z.literal('detach') })
export type LauncherMessage = z.infer<typeof launcherMessage>

export type LaunchedStack =
  | { readonly kind: 'failed'; readonly code: number }
  | {
      readonly kind: 'ready'
      readonly ready: ReadyStack
      /** Lets it go on when this process ends. */
      detach(): void
      /** Ends it; resolves with its exit code when everything is gone. */
      stop(): Promise<number>
    }

/**
 * Starts a stack under a supervisor process of its own and waits until it takes calls. Its lines come to
 * `write` and into `supervisor.log`.
 */
export async function launchStack(
  { env, portOffset, listen }: PlanOptions,
  { write, signal }: { write: (line: string) => void; signal: AbortSignal },
): Promise<LaunchedStack> {
  const runDir = toRunDir(env, { root: repositoryRoot, portOffset })
  mkdirSync(runDir.folder, { recursive: true, mode: 0o700 })
  const log = openSync(runDir.supervisorLog, 'a', 0o600)
  const child = spawn(
    join(npmPrograms, 'node'),
    [join(import.meta.dirname, 'supervisor-main.ts'), String(portOffset), listen],
    { env: { ...env }, detached: true, stdio: ['ignore', log, log, 'ipc'], cwd: repositoryRoot },
  )
  closeSync(log)
  const exited = once(child, 'exit').then(([code]): number => code ?? 1)
  const stop = () => child.kill('SIGTERM')
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  const ready = new Promise<ReadyStack>((resolve) => {
    child.on('message', (raw) => {
      const message = supervisorMessage.parse(raw)
      if (message.type === 'line') write(message.text)
      else resolve(message.ready)
    })
  })
  const outcome = await Promise.race([ready, exited])
  signal.removeEventListener('abort', stop)
  if (typeof outcome === 'number') return { kind: 'failed', code: outcome }
  return {
    kind: 'ready',
    ready: outcome,
    detach() {
      child.send({ type: 'detach' } satisfies LauncherMessage, () => child.disconnect())
      child.unref()
    },
    async stop() {
      child.kill('SIGTERM')
      return exited
    },
  }
}
