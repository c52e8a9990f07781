import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Stack } from '@trunkline/contracts'
import { repositoryRoot } from '../paths.ts'
import { readStackState } from '../stack/read-stack.ts'

export interface CallOptions {
  readonly portOffset: number
  readonly rest: readonly string[]
}

/** Rings the running stack's line from the terminal. */
export async function call({ portOffset, rest }: CallOptions): Promise<number> {
  const file = join(repositoryRoot, 'scripts', 'call', 'call.ts')
  const { runCall }: { runCall: (argv: string[], stack: Stack) => Promise<number> } = await import(
    pathToFileURL(file).href
  )
  const state = readStackState(process.env, { portOffset })
  if (state.kind === 'ready') return runCall([...rest], state.stack)
  const offset = portOffset === 0 ? '' : ` --port-offset ${portOffset}`
  process.stderr.write(`no stack takes calls; "./trunkline up${offset}" starts one\n`)
  return 3
}
