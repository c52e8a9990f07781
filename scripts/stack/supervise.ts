import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { ConfigError } from '@trunkline/runtime'
import { repositoryRoot } from '../paths.ts'
import type { Progress } from '../progress.ts'
import { ToolchainError } from '../toolchain/obtain.ts'
import { Interrupted } from './interruption.ts'
import { endLeftovers } from './leftovers.ts'
import { runDir as toRunDir } from './run-dir.ts'
import { readRunState } from './run-record.ts'
import {
  createRecordedSupervisor,
  forgetStack,
  type ReadyStack,
  type RunOptions,
  runStack,
} from './run-stack.ts'
import { StartError } from './start-error.ts'
import { PartError, type Supervisor } from './supervisor.ts'

export interface SuperviseDeps {
  readonly progress: Progress
  /** Aborts when the stack is to end. */
  readonly signal: AbortSignal
  readonly onSupervisor?: (supervisor: Supervisor) => void
  readonly onReady: (ready: ReadyStack) => void
}

/**
 * A stack's whole life: starts it, watches it, and ends all of it when somebody asks or a part dies.
 * @returns the exit code: 0 after an orderly end, 130 when interrupted while starting, 1 after a failure
 */
export async function supervise(options: RunOptions, deps: SuperviseDeps): Promise<number> {
  const { progress, signal } = deps
  const runDir = toRunDir(options.env, { root: repositoryRoot, portOffset: options.portOffset })
  const state = readRunState(runDir.recordFile)
  if (state.kind === 'running') {
    const { pid } = state.record.supervisor
    progress.note(`a stack is running here already (process ${pid}); "./trunkline down" ends it`)
    return 1
  }
  if (state.kind === 'leftovers') await endLeftovers(state, progress)

  mkdirSync(runDir.folder, { recursive: true, mode: 0o700 })
  const supervisor = createRecordedSupervisor(runDir)
  deps.onSupervisor?.(supervisor)
  let isReady = false
  try {
    deps.onReady(await runStack(options, { runDir, supervisor, progress, signal }))
    isReady = true
    if (!signal.aborted) await Promise.race([supervisor.death, once(signal, 'abort')])
    return 0
  } catch (error) {
    if (error instanceof Interrupted) return isReady ? 0 : 130
    progress.note(toText(error))
    return 1
  } finally {
    if (supervisor.parts.length > 0) {
      await progress.step('ending the stack', () => supervisor.stop())
    }
    forgetStack(runDir)
  }
}

/** Errors that are meant for the reader come without a stack trace. */
function toText(error: unknown): string {
  const kinds = [ConfigError, StartError, ToolchainError, PartError]
  if (kinds.some((kind) => error instanceof kind) && error instanceof Error) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
