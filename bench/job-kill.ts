import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Stack } from '@trunkline/contracts'
import { prepareSteps } from '../scripts/call/prepare-steps.ts'
import { repositoryRoot } from '../scripts/paths.ts'
import { countPool, findWorker, untilSettled } from './call/job-pool.ts'
import { openRunLog } from './call/run-log.ts'
import {
  callWithoutIdle,
  type KilledCall,
  killedCall,
  killedCallSchema,
  type Phase,
  phases,
} from './job-kill/killed-call.ts'
import { type Summary, summarize } from './report/statistics.ts'
import { textTable } from './report/text-table.ts'
import { untilInterrupted } from './report/until-interrupted.ts'
import { describeCircumstances, noteCircumstances, writeFigures } from './report/write-figures.ts'

export const usage = `Kills the agent's job (kill -9) in calls over the telephone line, and measures until a voice is heard again.

  ./trunkline bench job-kill [-n KILLS] [--idle N] [--fresh] [--port-offset N]

  -n KILLS  in every phase of a turn in turns; default 100
  --idle N  calls more before which every waiting process is killed; default 10
  --fresh   begins anew; otherwise a run that was stopped goes on`

const logFile = join(repositoryRoot, '.run', 'bench-job-kill.jsonl')

const goalsMs = { p50: 1000, p95: 2000 } as const
const settleMs = 30_000

/** `./trunkline bench job-kill`. */
export async function runBench(argv: string[], stack: Stack): Promise<number> {
  const print = (line: string) => void process.stdout.write(`${line}\n`)
  const { values } = parseArgs({
    args: argv,
    options: {
      kills: { type: 'string', short: 'n', default: '100' },
      idle: { type: 'string', default: '10' },
      fresh: { type: 'boolean', default: false },
    },
  })
  const [kills, idle] = [Number(values.kills), Number(values.idle)]
  if (!(kills >= 0 && idle >= 0 && kills + idle > 0)) {
    print(usage)
    return 2
  }
  const workerPid = findWorker(stack)
  if (workerPid === undefined) return 3
  return untilInterrupted(async (signal) => {
    const circumstances = noteCircumstances()
    const log = await openRunLog<KilledCall>(logFile, {
      schema: killedCallSchema,
      isFresh: values.fresh,
    })
    const calls = log.entries
    if (calls.length > 0) print(`  goes on after ${calls.length} calls; --fresh begins anew`)
    const [ready] = await prepareSteps(
      stack,
      [
        {
          kind: 'say',
          text: 'Hello, do you have a double room from the third to the fifth of May?',
        },
      ],
      { language: 'en', voice: undefined, signal },
    )
    if (ready?.kind !== 'speak') throw new Error('the question has no audio')
    const pool = await countPool(workerPid, { timeoutMs: settleMs, signal })
    for (let index = calls.length; index < kills + idle; index += 1) {
      const phase = index < kills ? (phases[index % phases.length] ?? 'waiting') : 'idle'
      await untilSettled([pool], { timeoutMs: settleMs, signal })
      const call =
        phase === 'idle'
          ? await callWithoutIdle(stack, { workerPid, signal })
          : await killedCall(stack, { phase, question: ready.pcm, workerPid, signal })
      signal.throwIfAborted() // what was measured of a call that was stopped counts for nothing
      await log.add(call)
      const said = call.failure ?? `${Math.round(call.voiceAgainMs ?? 0)} ms`
      print(
        `  ${index + 1}/${kills + idle}  ${phase}: ${said}${call.doubled.map((one) => `, twice ${one}`)}`,
      )
    }
    const result = { circumstances: circumstances.end(), calls }
    const file = await writeFigures('job-kill', result)
    await log.finish()
    print(`\n${describeCircumstances(result.circumstances)}\n`)
    print(describeKills(calls))
    print(`\n${file}`)
    return calls.some(({ failure, doubled }) => failure !== undefined || doubled.length > 0) ? 1 : 0
  })
}

function describeKills(calls: readonly KilledCall[]): string {
  const of = (phase?: Phase | 'idle') =>
    summarize(
      calls
        .filter((call) => (phase === undefined ? call.phase !== 'idle' : call.phase === phase))
        .map(({ voiceAgainMs }) => voiceAgainMs),
    )
  const all = of()
  const isMet = all !== undefined && all.p50 <= goalsMs.p50 && all.p95 <= goalsMs.p95
  const failed = calls.filter(({ failure }) => failure !== undefined)
  const doubled = calls.flatMap((call) => call.doubled)
  return [
    textTable([
      ['kill → voice on the wire, ms', 'P50', 'P95', 'max', 'n', ''],
      row('all', all, isMet ? 'met' : 'missed'),
      ...phases.map((phase) => row(`  ${phase}`, of(phase), '')),
      row('INVITE → greeting, waiting processes killed', of('idle'), ''),
    ]),
    `${failed.length} calls without (${failed.map(({ failure }) => failure).join(', ')}), ${doubled.length} events twice`,
  ].join('\n')
}

function row(name: string, summary: Summary | undefined, verdict: string): string[] {
  const ms = (value: number | undefined) => (value === undefined ? '' : String(Math.round(value)))
  const { p50, p95, max, count } = summary ?? {}
  return [name, ms(p50), ms(p95), ms(max), String(count ?? 0), verdict]
}
