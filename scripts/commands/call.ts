import { readStackState } from '../stack/read-stack.ts'

export interface CallOptions {
  readonly portOffset: number
  readonly rest: readonly string[]
}

/** Rings the running stack's line from the terminal. */
export async function call({ portOffset, rest }: CallOptions): Promise<number> {
  const { callUsage, readCallArguments, CallUsageError } = await import('../call/options.ts')
  // What was typed is judged first: help and a mistyped option need no stack.
  try {
    if (readCallArguments([...rest]).help) {
      process.stdout.write(`${callUsage}\n`)
      return 0
    }
  } catch (error) {
    if (!(error instanceof CallUsageError)) throw error
    process.stderr.write(`${error.message}\n"./trunkline call --help" lists the options\n`)
    return 2
  }
  const state = readStackState(process.env, { portOffset })
  if (state.kind === 'ready') {
    const { runCall } = await import('../call/call.ts')
    return runCall([...rest], state.stack)
  }
  const offset = portOffset === 0 ? '' : ` --port-offset ${portOffset}`
  process.stderr.write(`no stack takes calls; "./trunkline up${offset}" starts one\n`)
  return 3
}
