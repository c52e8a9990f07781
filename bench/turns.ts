import { parseArgs } from 'node:util'
import type { Stack } from '@trunkline/contracts'
import { declaredSettings, toDeclared } from './call/declared-settings.ts'
import { countPool, findWorker, untilSettled } from './call/job-pool.ts'
import { describeTurnRows, toTurnRows } from './call/turn-rows.ts'
import { callTurns, type TurnsCall } from './call/turns-call.ts'
import { untilInterrupted } from './report/until-interrupted.ts'
import { describeCircumstances, noteCircumstances, writeFigures } from './report/write-figures.ts'

export const usage = `Measures turns on the wire, against stand-ins that take declared times.

  ./trunkline bench turns [-n CALLS] [--keep] [--port-offset N]

  -n CALLS  each with a greeting, four questions, an interruption and a goodbye; default 50
  --keep    keeps what was on the wire below .run, for "bench plot"

A stack that it starts itself has ASR final, first token and first byte at 220, 120 and 80 ms, and a stand-in for Riva
that knows the callers' words, so that understanding them takes no time of its own; with
SPEECH_STANDIN_KNOWN_SPEECH=false its model has to, on the same cores. A stack that runs already keeps its settings.`

export const stackSettings = declaredSettings

const settleMs = 30_000

/** `./trunkline bench turns`. The code is other than 0 only when a call failed. */
export async function runBench(
  argv: string[],
  stack: Stack,
  { isOwnStack }: { isOwnStack: boolean },
): Promise<number> {
  const print = (line: string) => void process.stdout.write(`${line}\n`)
  const { values } = parseArgs({
    args: argv,
    options: {
      calls: { type: 'string', short: 'n', default: '50' },
      keep: { type: 'boolean', default: false },
    },
  })
  const count = Number(values.calls)
  if (!(Number.isInteger(count) && count > 0)) {
    print(usage)
    return 2
  }
  const workerPid = findWorker(stack)
  if (workerPid === undefined) return 3
  return untilInterrupted(async (signal) => {
    const circumstances = noteCircumstances()
    const pool = await countPool(workerPid, { timeoutMs: settleMs, signal })
    const calls: TurnsCall[] = []
    for (let index = 0; index < count; index += 1) {
      await untilSettled([pool], { timeoutMs: settleMs, signal })
      const call = await callTurns(stack, { index, isKept: values.keep, signal })
      calls.push(call)
      const kept = values.keep ? `, kept as ${call.callId}` : ''
      print(`  ${index + 1}/${count}  ${describeCall(call)}${kept}`)
    }
    const rows = toTurnRows(calls)
    const result = {
      circumstances: circumstances.end(),
      declared: toDeclared(stackSettings, { isOwnStack }),
      ...rows,
      calls,
    }
    const file = await writeFigures('turns', result)
    print(`\n${describeCircumstances(result.circumstances)}\n`)
    print(`${describeTurnRows(rows)}\n\n${file}`)
    return calls.some(({ failure }) => failure !== undefined) ? 1 : 0
  })
}

function describeCall({ greetingMs, turns, quiet, heard, failure }: TurnsCall): string {
  const ms = (value: number | undefined) => (value === undefined ? '–' : String(Math.round(value)))
  return [
    `greeting ${ms(greetingMs)}`,
    `gaps ${turns.map(({ kind, gapMs }) => `${kind} ${ms(gapMs)}`).join(' ')}`,
    ...(quiet.length > 0 ? [`quiet ${quiet.map(({ quietMs }) => ms(quietMs)).join(' ')}`] : []),
    `heard ${heard.map(({ toldWords, recordedWords }) => `${toldWords}/${recordedWords}`).join(' ')}`,
    ...(failure === undefined ? [] : [`failed: ${failure}`]),
  ].join(', ')
}
