import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Stack } from '@trunkline/contracts'
import { placeCall } from '../scripts/call/place-call.ts'
import { countPool, type Pool, untilSettled } from './call/job-pool.ts'
import { judgeRamp, type Level, p95Of } from './call/ramp.ts'
import { draftTalk } from './call/talk-script.ts'
import { summarize } from './report/statistics.ts'
import { textTable } from './report/text-table.ts'
import { untilInterrupted } from './report/until-interrupted.ts'
import { describeCircumstances, noteCircumstances, writeFigures } from './report/write-figures.ts'

export { stackSettings } from './turns.ts'

const usage = `Measures how many calls at a time the machine serves before P95 moves by a tenth.

  ./trunkline bench concurrent [--calls 1,2,4,6,8,10,12] [--rounds N] [--port-offset N]

  --calls LIST  calls at a time, one measurement for each; the first is what the others are compared with
  --rounds N    times that each is done; default 3, and for the first as often as there are turns enough

The caller's own voices are made before, and their packets sent by this same machine.`

const settleMs = 60_000
/** Callers do not ring in the same millisecond. */
const spreadMs = 1500
/** P95 of fewer is that of a single one. */
const leastTurns = 40
const wanted = 8

/** `./trunkline bench concurrent`. The code is 1 when fewer than eight calls hold. */
export async function runBench(argv: string[], stack: Stack): Promise<number> {
  const print = (line: string) => void process.stdout.write(`${line}\n`)
  const { values } = parseArgs({
    args: argv,
    options: {
      calls: { type: 'string', default: '1,2,4,6,8,10,12' },
      rounds: { type: 'string', default: '3' },
      help: { type: 'boolean', default: false },
    },
  })
  const counts = values.calls.split(',').map(Number)
  const rounds = Number(values.rounds)
  if (values.help || !counts.every((count) => count > 0) || !(rounds > 0)) {
    print(usage)
    return values.help ? 0 : 2
  }
  const workerPid = stack.processes.find(({ name }) => name === 'agent')?.pid
  if (!stack.sip || workerPid === undefined) {
    process.stderr.write('the stack has no telephone line, or no agent of its own\n')
    return 3
  }
  return untilInterrupted(async (signal) => {
    const circumstances = noteCircumstances()
    const pool = await countPool(workerPid, { timeoutMs: settleMs, signal })
    const levels: Level[] = []
    for (const calls of counts) {
      const level = await measureLevel(stack, { calls, rounds, pool, signal })
      levels.push(level)
      print(`  ${calls} at a time: ${describeLevel(level)}`)
      if (levels.length > 1 && judgeRamp(levels).why !== 'all held') break
    }
    const end = judgeRamp(levels)
    const result = { circumstances: circumstances.end(), end, levels }
    const file = await writeFigures('concurrent', result)
    print(`\n${describeCircumstances(result.circumstances)}\n`)
    print(describeRamp(levels))
    print(`\n${end.held} calls at a time hold (${end.why}); wanted at least ${wanted}\n\n${file}`)
    return end.held >= wanted ? 0 : 1
  })
}

interface LevelOptions {
  readonly calls: number
  readonly rounds: number
  readonly pool: Pool
  readonly signal: AbortSignal
}

async function measureLevel(
  stack: Stack,
  { calls, rounds, pool, signal }: LevelOptions,
): Promise<Level> {
  const gapsMs: number[] = []
  let failures = 0
  for (let round = 0; round < rounds || gapsMs.length < leastTurns; round += 1) {
    await untilSettled([pool], { timeoutMs: settleMs, signal })
    const all = Array.from({ length: calls }, async () => {
      await sleep(Math.random() * spreadMs, undefined, { signal })
      return placeCall(stack, { steps: draftTalk(Math.random), signal })
    })
    for (const { turns, failure } of await Promise.all(all)) {
      if (failure) failures += 1
      gapsMs.push(...turns.flatMap(({ wireGapMs }) => wireGapMs ?? []))
    }
    signal.throwIfAborted()
    if (failures > calls * rounds) break // nothing is served any more
  }
  return { calls, gapsMs, failures }
}

function describeLevel(level: Level): string {
  const summary = summarize(level.gapsMs)
  const ms = (value: number | undefined) => (value === undefined ? '–' : Math.round(value))
  return `P50 ${ms(summary?.p50)}, P95 ${ms(summary?.p95)} ms of ${level.gapsMs.length} turns, ${level.failures} failed`
}

function describeRamp(levels: readonly Level[]): string {
  const [first] = levels
  return textTable([
    ['calls at a time', 'P50', 'P95', 'against one', 'turns', 'failed'],
    ...levels.map((level) => {
      const share = first ? p95Of(level) / p95Of(first) : Number.NaN
      return [
        String(level.calls),
        String(Math.round(summarize(level.gapsMs)?.p50 ?? Number.NaN)),
        String(Math.round(p95Of(level))),
        `${Math.round(share * 100)} %`,
        String(level.gapsMs.length),
        String(level.failures),
      ]
    }),
  ])
}
