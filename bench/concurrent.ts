import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Stack } from '@trunkline/contracts'
import { z } from 'zod'
import { prepareSteps } from '../scripts/call/prepare-steps.ts'
import { repositoryRoot } from '../scripts/paths.ts'
import { callAtOnce } from './call/calls-at-once.ts'
import { declaredSettings, toDeclared } from './call/declared-settings.ts'
import { countPool, findWorker, untilSettled } from './call/job-pool.ts'
import { judgeRamp, type Level, p95Of, toLevels } from './call/ramp.ts'
import { openRunLog } from './call/run-log.ts'
import { draftQuestions } from './call/talk-script.ts'
import { summarize } from './report/statistics.ts'
import { textTable } from './report/text-table.ts'
import { untilInterrupted } from './report/until-interrupted.ts'
import { describeCircumstances, noteCircumstances, writeFigures } from './report/write-figures.ts'

/** As shipped, a worker takes four. */
export const stackSettings = { ...declaredSettings, AGENT_SLOTS: '32' } as const

export const usage = `Measures how many calls at a time the machine serves before P95 moves by a tenth.

  ./trunkline bench concurrent [--calls 1,2,4,6,8,10,12] [--rounds N] [--fresh] [--port-offset N]

  --calls LIST  calls at a time, one measurement for each; the first is what the others are compared with
  --rounds N    times that each is done; default 2, and as often as there are turns enough
  --fresh       begins anew; otherwise a run that was stopped goes on

Callers ring one after the other, and are measured while all of them are up and talk. Their voices are made before,
their packets sent by this same machine. The stand-in for Riva knows their words, as in "bench turns". A stack that runs already needs AGENT_SLOTS for as many calls.`

const logFile = join(repositoryRoot, '.run', 'bench-concurrent.jsonl')
const roundSchema = z.object({
  calls: z.number(),
  gapsMs: z.array(z.number()).readonly(),
  failures: z.number(),
})
const settleMs = 60_000
const questionsEach = 6
/** P95 of fewer is that of a single one. */
const leastTurns = 40
const wanted = 8

/** `./trunkline bench concurrent`. The code is 1 when fewer than eight calls hold. */
export async function runBench(
  argv: string[],
  stack: Stack,
  { isOwnStack }: { isOwnStack: boolean },
): Promise<number> {
  const print = (line: string) => void process.stdout.write(`${line}\n`)
  const { values } = parseArgs({
    args: argv,
    options: {
      calls: { type: 'string', default: '1,2,4,6,8,10,12' },
      rounds: { type: 'string', default: '2' },
      fresh: { type: 'boolean', default: false },
    },
  })
  const counts = values.calls.split(',').map(Number)
  const rounds = Number(values.rounds)
  if (!counts.every((count) => count > 0) || !(rounds > 0)) {
    print(usage)
    return 2
  }
  const workerPid = findWorker(stack)
  if (workerPid === undefined) return 3
  return untilInterrupted(async (signal) => {
    const circumstances = noteCircumstances()
    const log = await openRunLog<Level>(logFile, { schema: roundSchema, isFresh: values.fresh })
    const done = log.entries.length
    if (done > 0) print(`  goes on after ${done} rounds; --fresh begins anew`)
    const pool = await countPool(workerPid, { timeoutMs: settleMs, signal })
    const voices = await prepareVoices(stack, signal)
    const measured = () => toLevels(log.entries, counts)
    for (const calls of counts) {
      while (isMissing(log.entries, { calls, rounds })) {
        await untilSettled([pool], { timeoutMs: settleMs, signal })
        const questions = Array.from({ length: calls }, () =>
          draftQuestions(Math.random, questionsEach).flatMap((text) => voices.get(text) ?? []),
        )
        const round = await callAtOnce(stack, { questions, pool, signal })
        signal.throwIfAborted() // what was measured of calls that were stopped counts for nothing
        await log.add(round)
        print(`  ${calls} at a time: ${describeLevel(round)}`)
      }
      if (measured().length > 1 && judgeRamp(measured()).why !== 'all held') break
    }
    const levels = measured()
    const end = judgeRamp(levels)
    const result = {
      circumstances: circumstances.end(),
      declared: toDeclared(stackSettings, { isOwnStack }),
      end,
      levels,
    }
    const file = await writeFigures('concurrent', result)
    await log.finish()
    print(`\n${describeCircumstances(result.circumstances)}\n`)
    print(describeRamp(levels))
    print(`\n${end.held} calls at a time hold (${end.why}); wanted at least ${wanted}\n\n${file}`)
    return end.held >= wanted ? 0 : 1
  })
}

/** P95 of a few turns is that of a single one: rounds go on until there are enough, or nothing is served any more. */
function isMissing(
  all: readonly Level[],
  { calls, rounds }: { calls: number; rounds: number },
): boolean {
  const done = all.filter((round) => round.calls === calls)
  const turns = done.reduce((sum, { gapsMs }) => sum + gapsMs.length, 0)
  const failures = done.reduce((sum, round) => sum + round.failures, 0)
  if (failures > calls * rounds) return false
  return done.length < rounds || turns < leastTurns
}

async function prepareVoices(
  stack: Stack,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Int16Array>> {
  const texts = draftQuestions(() => 0, questionsEach)
  const steps = texts.map((text) => ({ kind: 'say', text }) as const)
  const ready = await prepareSteps(stack, steps, { language: 'en', voice: undefined, signal })
  return new Map(
    ready.flatMap((step, index) =>
      step.kind === 'speak' ? [[texts[index] ?? '', step.pcm] as const] : [],
    ),
  )
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
