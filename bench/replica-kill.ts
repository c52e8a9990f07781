import { parseArgs } from 'node:util'
import { measureKills } from './replica-kill/measure-kills.ts'
import type { Summary } from './report/statistics.ts'
import { textTable } from './report/text-table.ts'
import { untilInterrupted } from './report/until-interrupted.ts'
import { describeCircumstances, noteCircumstances, writeFigures } from './report/write-figures.ts'

/** Agents, model and LiveKit are played: the bench starts what it needs by itself. */
export const needsStack = false

const usage = `Kills orchestrators (kill -9) under open calls and measures until their calls are answered again.

  ./trunkline bench replica-kill [-n KILLS] [--replicas 2] [--calls 10] [--redis]

  --redis        kills Redis instead, which comes back empty

  -n KILLS       default 200
  --orchestrator DIR  another checkout's orchestrator/, to compare with`

const goalMs = 1000

/** `./trunkline bench replica-kill`. */
export async function runBench(argv: string[]): Promise<number> {
  const print = (line: string) => void process.stdout.write(`${line}\n`)
  const { values } = parseArgs({
    args: argv,
    options: {
      kills: { type: 'string', short: 'n', default: '200' },
      replicas: { type: 'string', default: '2' },
      calls: { type: 'string', default: '10' },
      redis: { type: 'boolean', default: false },
      orchestrator: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  const [kills, replicas, calls] = [values.kills, values.replicas, values.calls].map(Number)
  if (values.help || !kills || !replicas || !calls) {
    print(usage)
    return values.help ? 0 : 2
  }
  return untilInterrupted(async (signal) => {
    const circumstances = noteCircumstances()
    const { orchestrator } = values
    const victim = values.redis ? 'redis' : 'replica'
    const measured = await measureKills({
      victim,
      kills,
      replicas,
      calls,
      orchestrator,
      signal,
      print,
    })
    const result = { circumstances: circumstances.end(), ...measured }
    const file = await writeFigures(`${victim}-kill`, result)
    const { answered, midReply, newTurn, unanswered, broken } = measured
    print(`\n${describeCircumstances(result.circumstances)}\n`)
    print(
      `${kills} kills of ${values.redis ? 'Redis' : `${replicas} replicas`} under ${calls} calls`,
    )
    print(
      textTable([
        ['kill → next sentence, ms', 'P50', 'P95', 'max', 'n', ''],
        row(values.redis ? 'calls' : 'calls of the killed replica', answered, goalMs),
        row('  in the middle of a reply', midReply),
        row('  with a turn just said', newTurn),
      ]),
    )
    print(
      `${unanswered} calls not answered again, ${broken.length} turns not heard once and in order`,
    )
    for (const one of broken.slice(0, 20)) print(`  ${one}`)
    print(`\n${file}`)
    return unanswered > 0 || broken.length > 0 ? 1 : 0
  })
}

function row(name: string, summary: Summary | undefined, goal?: number): string[] {
  const ms = (value: number | undefined) => (value === undefined ? '' : String(Math.round(value)))
  const isMet = summary !== undefined && goal !== undefined && summary.p95 <= goal
  const verdict = goal === undefined ? '' : isMet ? 'met' : 'missed'
  const { p50, p95, max, count } = summary ?? {}
  return [name, ms(p50), ms(p95), ms(max), String(count ?? 0), verdict]
}
