import { howToCall } from '../stack/how-to-call.ts'
import { processIdentity } from '../stack/process-identity.ts'
import { readStackState } from '../stack/read-stack.ts'

export interface StatusOptions {
  readonly portOffset: number
  readonly json: boolean
}

/** @returns 0 when a stack takes calls, 3 when none runs, 4 when one is starting or was left behind */
export function status({ portOffset, json }: StatusOptions): number {
  const state = readStackState(process.env, { portOffset })
  const offset = portOffset === 0 ? '' : ` --port-offset ${portOffset}`
  switch (state.kind) {
    case 'nothing':
      process.stderr.write(`nothing runs; "./trunkline up${offset}" starts it\n`)
      return 3
    case 'starting':
      process.stderr.write(`the stack is starting (process ${state.supervisorPid})\n`)
      return 4
    case 'leftovers':
      process.stderr.write(
        `the stack was killed and left ${state.names.join(', ')}; "./trunkline down${offset}" ends them\n`,
      )
      return 4
    case 'ready': {
      const { stack } = state
      if (json) {
        process.stdout.write(`${JSON.stringify(stack, null, 2)}\n`)
        return 0
      }
      const rows = stack.processes.map(({ name, pid, log }) => {
        const isRunning = processIdentity(pid) !== undefined
        return `  ${name.padEnd(15)} ${isRunning ? 'running' : 'ended'}  ${String(pid).padStart(7)}  ${log}`
      })
      const hearsEnglishOnly = stack.processes.some(({ name }) => name === 'speech')
      const screen = howToCall({ stack, portOffset, detached: true, hearsEnglishOnly, notes: [] })
      process.stdout.write(`${rows.join('\n')}\n${screen}\n`)
      return 0
    }
    default:
      return state satisfies never
  }
}
