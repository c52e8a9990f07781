import { existsSync, readFileSync } from 'node:fs'
import { type Stack, stack } from '@trunkline/contracts'
import { repositoryRoot } from '../paths.ts'
import type { Environment } from '../settings/settings.ts'
import { runDir } from './run-dir.ts'
import { readRunState } from './run-record.ts'

export type StackState =
  | { readonly kind: 'ready'; readonly stack: Stack; readonly supervisorPid: number }
  | { readonly kind: 'starting'; readonly supervisorPid: number }
  | { readonly kind: 'leftovers'; readonly names: readonly string[] }
  | { readonly kind: 'nothing' }

/** What runs on these ports, by the files of its run folder. */
export function readStackState(
  env: Environment,
  { portOffset }: { portOffset: number },
): StackState {
  const { recordFile, stackFile } = runDir(env, { root: repositoryRoot, portOffset })
  const state = readRunState(recordFile)
  switch (state.kind) {
    case 'nothing':
      return { kind: 'nothing' }
    case 'leftovers':
      return { kind: 'leftovers', names: state.parts.map(({ name }) => name) }
    case 'running': {
      const supervisorPid = state.record.supervisor.pid
      if (!existsSync(stackFile)) return { kind: 'starting', supervisorPid }
      const read = stack.parse(JSON.parse(readFileSync(stackFile, 'utf8')))
      return { kind: 'ready', stack: read, supervisorPid }
    }
    default:
      return state satisfies never
  }
}
