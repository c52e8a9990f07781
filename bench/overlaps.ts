import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Stack } from '@trunkline/contracts'
import { prepareSteps } from '../scripts/call/prepare-steps.ts'
import { repositoryRoot } from '../scripts/paths.ts'
import { declaredTimes } from './call/declared-settings.ts'
import { countPool, findWorker, untilSettled } from './call/job-pool.ts'
import { openRunLog } from './call/run-log.ts'
import { describeOverlaps, toOverlapRows } from './overlaps/describe.ts'
import { type CaseOutcome, caseOutcome } from './overlaps/outcome.ts'
import { callOver } from './overlaps/over-call.ts'
import { callPause, leadIns } from './overlaps/pause-call.ts'
import { planWireCases, type WireCase } from './overlaps/wire-cases.ts'
import { untilInterrupted } from './report/until-interrupted.ts'
import { describeCircumstances, noteCircumstances, writeFigures } from './report/write-figures.ts'

/** Callers' voices come from the corpus: the stand-in's model has to understand them. */
export const stackSettings = declaredTimes

export const usage = `Repeats English cases of "bench turn-taking" on the wire, in the voices of its measuring set.

  ./trunkline bench overlaps [-n CASES] [--keep] [--fresh] [--port-offset N]

  -n CASES  backchannels, interruptions and pauses, so many of each; default 50
  --keep    keeps what was on the wire below .run, for "bench plot"
  --fresh   begins anew; otherwise a run that was stopped goes on

Needs espeak-ng, flite and asterisk-core-sounds-en-wav. Callers speak in those of the voices that the stand-in for Riva
understands. Pauses are said as the shipped line waits for them.`

const logFile = join(repositoryRoot, '.run', 'bench-overlaps.jsonl')
const settleMs = 30_000
/** Sounds over the agent's voice in one call. */
const soundsInACall = 3
/** Its answer takes some eight seconds. */
const longAnswered = 'What time is breakfast?'

/** `./trunkline bench overlaps`. The code is 1 when a case could not be measured. */
export async function runBench(argv: string[], stack: Stack): Promise<number> {
  const print = (line: string) => void process.stdout.write(`${line}\n`)
  const { values } = parseArgs({
    args: argv,
    options: {
      cases: { type: 'string', short: 'n', default: '50' },
      keep: { type: 'boolean', default: false },
      fresh: { type: 'boolean', default: false },
    },
  })
  const count = Number(values.cases)
  if (!(Number.isInteger(count) && count > 0)) {
    print(usage)
    return 2
  }
  const workerPid = findWorker(stack)
  if (workerPid === undefined) return 3
  return untilInterrupted(async (signal) => {
    const circumstances = noteCircumstances()
    const log = await openRunLog<CaseOutcome>(logFile, {
      schema: caseOutcome,
      isFresh: values.fresh,
    })
    const cases = planWireCases(count)
    const isDone = ({ spec }: WireCase) => log.entries.some(({ id }) => id === spec.id)
    const done = () => cases.filter(isDone).length
    if (done() > 0) print(`  goes on after ${done()} cases; --fresh begins anew`)
    const voices = await prepareVoices(stack, signal)
    const pool = await countPool(workerPid, { timeoutMs: settleMs, signal })
    for (const batch of toBatches(cases.filter((one) => !isDone(one)))) {
      await untilSettled([pool], { timeoutMs: settleMs, signal })
      const outcomes = await callCases(stack, batch, { voices, isKept: values.keep, signal })
      signal.throwIfAborted() // what was measured of a call that was stopped counts for nothing
      for (const outcome of outcomes) {
        await log.add(outcome)
        print(`  ${done()}/${cases.length}  ${describeOutcome(outcome)}`)
      }
    }
    const wanted = new Set(cases.map(({ spec }) => spec.id))
    const outcomes = log.entries.filter(({ id }) => wanted.has(id))
    const rows = toOverlapRows(outcomes)
    const result = { circumstances: circumstances.end(), rows, outcomes }
    const file = await writeFigures('overlaps', result)
    await log.finish()
    print(`\n${describeCircumstances(result.circumstances)}\n`)
    print(`${describeOverlaps(rows)}\n\n${file}`)
    return rows.failed > 0 ? 1 : 0
  })
}

/** Sounds over the agent's voice some to a call; a turn with pauses in a call of its own. */
function toBatches(cases: readonly WireCase[]): readonly (readonly WireCase[])[] {
  const batches: WireCase[][] = []
  for (const one of cases) {
    const last = batches.at(-1)
    const fits = one.kind !== 'pause' && last?.[0]?.kind === one.kind
    if (last && fits && last.length < soundsInACall) last.push(one)
    else batches.push([one])
  }
  return batches
}

type Voices = ReadonlyMap<string, Int16Array>

async function callCases(
  stack: Stack,
  batch: readonly WireCase[],
  { voices, ...options }: { voices: Voices; isKept: boolean; signal: AbortSignal },
): Promise<readonly CaseOutcome[]> {
  const [first] = batch
  if (first?.kind === 'pause') {
    const leadIn = voices.get(leadIns[first.spec.topic] ?? '')
    return [await callPause(stack, first, { leadIn, ...options })]
  }
  const over = batch.filter((one) => one.kind !== 'pause')
  const question = voices.get(longAnswered) ?? new Int16Array()
  return callOver(stack, over, { question, ...options })
}

async function prepareVoices(stack: Stack, signal: AbortSignal): Promise<Voices> {
  const texts = [...new Set([longAnswered, ...Object.values(leadIns)])]
  const steps = texts.map((text) => ({ kind: 'say', text }) as const)
  const ready = await prepareSteps(stack, steps, { language: 'en', voice: undefined, signal })
  return new Map(
    ready.flatMap((step, index) =>
      step.kind === 'speak' ? [[texts[index] ?? '', step.pcm] as const] : [],
    ),
  )
}

function describeOutcome(outcome: CaseOutcome): string {
  const { id, callId, kind, failure, over, pauses, decidedMs } = outcome
  const ms = (value: number | undefined) => (value === undefined ? '–' : String(Math.round(value)))
  const about = failure
    ? `failed: ${failure}`
    : over
      ? `${over.isUnderstood ? '' : 'misheard, '}${over.isStopped ? 'stopped' : 'went on'}, quiet ${ms(over.quietMs)}, on ${ms(over.resumedMs)}`
      : `pauses ${(pauses ?? []).map((one) => `${one.ms}${one.isCut ? ' cut off' : ''}`).join(', ')}; decided ${ms(decidedMs)}`
  return `${kind} ${id}: ${about}${callId ? ` (call ${callId})` : ''}`
}
