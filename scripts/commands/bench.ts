import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Stack } from '@trunkline/contracts'
import { repositoryRoot } from '../paths.ts'
import { maxPortOffset } from '../ports.ts'
import { createInterruption } from '../stack/interruption.ts'
import { launchStack } from '../stack/launch-stack.ts'
import { readStackState } from '../stack/read-stack.ts'

export interface BenchOptions {
  readonly portOffset: number
  readonly rest: readonly string[]
}

/** A file of bench/ that can be run by name. One that needs no stack says so, and none is started for it. */
type BenchModule =
  | {
      readonly needsStack?: true
      /** Printed for `--help`, before a stack is looked for. */
      readonly usage: string
      /** What a stack that is started for it is set to, where the user has set nothing else. */
      readonly stackSettings?: Readonly<Record<string, string>>
      readonly runBench: (
        argv: string[],
        stack: Stack,
        options: { readonly isOwnStack: boolean },
      ) => Promise<number>
    }
  | { readonly needsStack: false; readonly runBench: (argv: string[]) => Promise<number> }

const folder = join(repositoryRoot, 'bench')
const startFailedCode = 3

/** Runs `bench/<name>.ts` against the running stack, or against one of its own that ends with it. */
export async function bench({ portOffset, rest }: BenchOptions): Promise<number> {
  const [name, ...argv] = rest
  const names = benchNames()
  if (name === undefined || !names.includes(name)) {
    const said = name === undefined ? 'bench needs a name' : `there is no bench "${name}"`
    process.stderr.write(`${said}; there are: ${names.join(', ') || 'none yet'}\n`)
    return 2
  }
  const module: BenchModule = await import(pathToFileURL(join(folder, `${name}.ts`)).href)
  if (module.needsStack === false) return module.runBench(argv)
  const { runBench, stackSettings = {}, usage } = module
  if (argv.includes('--help')) {
    process.stdout.write(`${usage}\n`)
    return 0
  }
  const run: typeof runBench = (args, stack, options) =>
    runBench(args, stack, options).catch((error: unknown) => sayOptionError(error, usage))
  const state = readStackState(process.env, { portOffset })
  switch (state.kind) {
    case 'ready':
      return run(argv, state.stack, { isOwnStack: false })
    case 'starting':
      process.stderr.write('the stack is still starting\n')
      return startFailedCode
    case 'nothing':
    case 'leftovers':
      return withOwnStack({ portOffset, stackSettings }, (stack) =>
        run(argv, stack, { isOwnStack: true }),
      )
    default:
      return state satisfies never
  }
}

/** An option that the bench does not have is a sentence and its usage; anything else is thrown again. */
function sayOptionError(error: unknown, usage: string): number {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (!(error instanceof Error && code.startsWith('ERR_PARSE_ARGS'))) throw error
  process.stderr.write(`${error.message}\n\n${usage}\n`)
  return 2
}

interface OwnStack {
  readonly portOffset: number
  readonly stackSettings: Readonly<Record<string, string>>
}

/** On other ports than the default ones, so that a stack that is started meanwhile finds them free. */
async function withOwnStack(
  { portOffset: wantedOffset, stackSettings }: OwnStack,
  run: (stack: Stack) => Promise<number>,
): Promise<number> {
  const portOffset = wantedOffset === 0 ? ownOffset() : wantedOffset
  process.stdout.write(`no stack runs: starting one with --port-offset ${portOffset}\n`)
  const interruption = createInterruption({ onAgain: () => {} })
  try {
    const launched = await launchStack(
      { env: { ...stackSettings, ...process.env }, portOffset, listen: '127.0.0.1' },
      {
        write: (line) => void process.stdout.write(`${line}\n`),
        signal: interruption.signal,
      },
    )
    if (launched.kind === 'failed') return launched.code
    try {
      return await run(launched.ready.stack)
    } finally {
      await launched.stop()
    }
  } finally {
    interruption.dispose()
  }
}

const firstOwnOffset = 12_000
const offsetStep = 100

function ownOffset(): number {
  for (let offset = firstOwnOffset; offset <= maxPortOffset; offset += offsetStep) {
    if (readStackState(process.env, { portOffset: offset }).kind === 'nothing') return offset
  }
  return firstOwnOffset
}

function benchNames(): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
}
