import type { Stack } from '@trunkline/contracts'
import type { StatusFormat } from '../arguments.ts'
import { howToCall } from '../stack/how-to-call.ts'
import { processIdentity } from '../stack/process-identity.ts'
import { readStackState } from '../stack/read-stack.ts'

export interface StatusOptions {
  readonly portOffset: number
  readonly format: StatusFormat
}

/** @returns 0 when a stack takes calls, 3 when none runs, 4 when one is starting or was left behind */
export function status({ portOffset, format }: StatusOptions): number {
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
      if (format !== 'text') {
        const text = format === 'json' ? JSON.stringify(stack, null, 2) : toExports(stack)
        process.stdout.write(`${text}\n`)
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

/** For `eval`: what the examples of docs/orchestrator-api.md ask with. */
function toExports({ urls, tokens }: Stack): string {
  return [
    `export ORCHESTRATOR_URL='${urls.orchestrator}'`,
    `export OPERATOR_TOKEN='${tokens.operator.replaceAll("'", `'\\''`)}'`,
  ].join('\n')
}
