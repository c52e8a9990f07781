import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Stack } from '@trunkline/contracts'
import { z } from 'zod'
import { prepareSteps } from '../scripts/call/prepare-steps.ts'
import { repositoryRoot } from '../scripts/paths.ts'
import { toDeclared } from './call/declared-settings.ts'
import { describeEnds } from './call/describe-ends.ts'
import { type EndBatch, endBatch, faultsOf } from './call/end-batch.ts'
import { type EndKind, endKinds } from './call/ended-call.ts'
import { countPool, findWorker, untilSettled } from './call/job-pool.ts'
import { openRunLog } from './call/run-log.ts'
import { untilInterrupted } from './report/until-interrupted.ts'
import { describeCircumstances, noteCircumstances, writeFigures } from './report/write-figures.ts'

export const usage = `Ends calls at random moments, and looks for what is left of them.

  ./trunkline bench ends [-n CALLS] [--width N] [--fresh] [--port-offset N]

  -n CALLS   CANCEL, BYE in the greeting, in a tool and in a transfer, and telephones that vanish; default 1000
  --width N  calls that end at a time; default 4
  --fresh    begins anew; otherwise a run that was stopped goes on

A stack that it starts itself has a process ready for each of four calls; one that runs already keeps what it has.`

/** Calls ring at the same moment, each with a process that waits for it: what is measured is how they end. */
export const stackSettings = { AGENT_SLOTS: '32', AGENT_IDLE_PROCESSES: '4' } as const

const logFile = join(repositoryRoot, '.run', 'bench-ends.jsonl')
const settleMs = 30_000

const batchSchema = z.object({
  kinds: z.array(z.enum(endKinds)),
  reached: z.number(),
  clearMs: z.number().nullable(),
  left: z.array(z.string()),
  known: z.number(),
  reasons: z.record(z.string(), z.number()),
  counted: z.number(),
  memory: z.record(z.string(), z.number()),
})

/** `./trunkline bench ends`. The code is 1 when something was left, or a call has not one end reason. */
export async function runBench(
  argv: string[],
  stack: Stack,
  { isOwnStack }: { isOwnStack: boolean },
): Promise<number> {
  const print = (line: string) => void process.stdout.write(`${line}\n`)
  const { values } = parseArgs({
    args: argv,
    options: {
      calls: { type: 'string', short: 'n', default: '1000' },
      width: { type: 'string', default: '4' },
      fresh: { type: 'boolean', default: false },
    },
  })
  const [wanted, width] = [Number(values.calls), Number(values.width)]
  if (!(wanted > 0 && width > 0)) {
    print(usage)
    return 2
  }
  const workerPid = findWorker(stack)
  if (workerPid === undefined) return 3
  return untilInterrupted(async (signal) => {
    const circumstances = noteCircumstances()
    const log = await openRunLog<EndBatch>(logFile, { schema: batchSchema, isFresh: values.fresh })
    const done = () => log.entries.reduce((sum, { kinds }) => sum + kinds.length, 0)
    if (done() > 0) print(`  goes on after ${done()} calls; --fresh begins anew`)
    const question = await prepareQuestion(stack, signal)
    const pool = await countPool(workerPid, { timeoutMs: settleMs, signal })
    while (done() < wanted) {
      await untilSettled([pool], { timeoutMs: settleMs, signal })
      const kinds = drawKinds(Math.min(width, wanted - done()), log.entries.length)
      const batch = await endBatch(stack, {
        ...{ kinds, question, workerPid, signal, random: Math.random },
      })
      await log.add(batch)
      print(`  ${done()}/${wanted}  ${describeBatch(batch)}`)
    }
    const batches = log.entries
    const result = {
      circumstances: circumstances.end(),
      declared: toDeclared(stackSettings, { isOwnStack }),
      batches,
    }
    const file = await writeFigures('ends', result)
    await log.finish()
    print(`\n${describeCircumstances(result.circumstances)}\n`)
    print(`${describeEnds(batches)}\n\n${file}`)
    return batches.some((batch) => faultsOf(batch).length > 0) ? 1 : 0
  })
}

/** Telephones that vanish are noticed late: they have batches of their own, one in five. */
function drawKinds(count: number, index: number): readonly EndKind[] {
  if (index % endKinds.length === endKinds.length - 1) {
    return Array.from({ length: count }, () => 'media-loss')
  }
  const others = endKinds.filter((kind) => kind !== 'media-loss')
  return Array.from(
    { length: count },
    (_, at) => others[(index + at) % others.length] ?? 'greeting',
  )
}

function describeBatch(batch: EndBatch): string {
  const { kinds, clearMs, reasons } = batch
  const faults = faultsOf(batch)
  const clear = clearMs === null ? '' : `nothing left after ${(clearMs / 1000).toFixed(1)} s`
  return [
    kinds.join(' '),
    Object.entries(reasons)
      .map(([reason, count]) => `${count} ${reason}`)
      .join(', '),
    faults.length > 0 ? faults.join(', ') : clear,
  ].join('; ')
}

async function prepareQuestion(stack: Stack, signal: AbortSignal): Promise<Int16Array> {
  const text = 'Hello, do you have a double room from the third to the fifth of May?'
  const options = { language: 'en', voice: undefined, signal }
  const [ready] = await prepareSteps(stack, [{ kind: 'say', text }], options)
  if (ready?.kind !== 'speak') throw new Error('the question has no audio')
  return ready.pcm
}
