import { describeGoals, describeLoads, describeRow } from './channel/describe.ts'
import { toLoadGoals, toRowGoals } from './channel/goals.ts'
import { type LoadResult, measureLoad } from './channel/measure-load.ts'
import { measureRow } from './channel/measure-row.ts'
import { benchChannelUsage, readBenchChannelOptions } from './channel/options.ts'
import { untilInterrupted } from './report/until-interrupted.ts'
import { describeCircumstances, noteCircumstances, writeFigures } from './report/write-figures.ts'

/** Agents, model and LiveKit are played: the bench starts what it needs by itself. */
export const needsStack = false

/** `./trunkline bench channel`. */
export async function runBench(argv: string[]): Promise<number> {
  const print = (line: string) => void process.stdout.write(`${line}\n`)
  if (argv.includes('--help')) {
    print(benchChannelUsage)
    return 0
  }
  let options: ReturnType<typeof readBenchChannelOptions>
  try {
    options = readBenchChannelOptions(argv)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return 2
  }
  return untilInterrupted(async (signal) => {
    const { loads: wanted, seconds, row: calls, databases, orchestrator } = options
    const circumstances = noteCircumstances()
    const loads: LoadResult[] = []
    for (const database of databases) {
      for (const load of wanted) {
        print(`${load} calls on ${database}`)
        loads.push(await measureLoad({ database, orchestrator, calls: load, seconds, signal }))
      }
    }
    const rows = []
    for (const database of calls > 0 ? databases : []) {
      print(`${calls} calls one after the other on ${database}`)
      rows.push(await measureRow({ database, orchestrator, calls, signal, print }))
    }
    const goals = [...loads.flatMap(toLoadGoals), ...rows.flatMap(toRowGoals)]
    const result = { circumstances: circumstances.end(), loads, rows, goals }
    const file = await writeFigures('channel', result)
    print(`\n${describeCircumstances(result.circumstances)}\n`)
    if (loads.length > 0) print(describeLoads(loads))
    for (const row of rows) print(`\n${describeRow(row)}`)
    if (goals.length > 0) print(`\n${describeGoals(goals)}`)
    print(`\n${file}`)
    return 0
  })
}
