import { readStackState } from '../stack/read-stack.ts'

export interface CallOptions {
  readonly portOffset: number
  readonly rest: readonly string[]
}

/** Rings the running stack's line from the terminal. */
export async function call({ portOffset, rest }: CallOptions): Promise<number> {
  const state = readStackState(process.env, { portOffset })
  if (state.kind === 'ready') {
    const { runCall } = await import('../call/call.ts')
    return runCall([...rest], state.stack)
  }
  const offset = portOffset === 0 ? '' : ` --port-offset ${portOffset}`
  process.stderr.write(`no stack takes calls; "./trunkline up${offset}" starts one\n`)
  return 3
}
