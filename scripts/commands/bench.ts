import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Stack } from '@trunkline/contracts'
import { repositoryRoot } from '../paths.ts'
import { readStackState } from '../stack/read-stack.ts'

export interface BenchOptions {
  readonly portOffset: number
  readonly rest: readonly string[]
}

/** A file of bench/ that can be run by name. */
interface BenchModule {
  readonly runBench: (argv: string[], stack: Stack) => Promise<number>
}

const folder = join(repositoryRoot, 'bench')

/** Runs `bench/<name>.ts` against the running stack. */
export async function bench({ portOffset, rest }: BenchOptions): Promise<number> {
  const [name, ...argv] = rest
  const names = benchNames()
  if (name === undefined || !names.includes(name)) {
    const said = name === undefined ? 'bench needs a name' : `there is no bench "${name}"`
    process.stderr.write(`${said}; there are: ${names.join(', ') || 'none yet'}\n`)
    return 2
  }
  const state = readStackState(process.env, { portOffset })
  if (state.kind !== 'ready') {
    const offset = portOffset === 0 ? '' : ` --port-offset ${portOffset}`
    process.stderr.write(`no stack takes calls; "./trunkline up${offset}" starts one\n`)
    return 3
  }
  const module: BenchModule = await import(pathToFileURL(join(folder, `${name}.ts`)).href)
  return module.runBench(argv, state.stack)
}

function benchNames(): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
}
