import type { Stack } from '@trunkline/contracts'
import { createDisposalStack } from '@trunkline/runtime'
import { type BareLine, openBareLine } from './call/bare-line.ts'
import { fetchGreeting, readCalledLine } from './call/called-line.ts'
import { describeResult } from './call/describe-result.ts'
import { toFigures } from './call/figures.ts'
import { judge } from './call/goals.ts'
import { countPool, type Pool } from './call/job-pool.ts'
import { awaitNothingLeft } from './call/leftovers.ts'
import { trendMemory } from './call/memory.ts'
import { type BenchCallOptions, readBenchCallOptions } from './call/options.ts'
import { forgetBareJobs } from './call/redis-keys.ts'
import { type BenchResult, writeResult } from './call/result.ts'
import { runCalls } from './call/run-calls.ts'
import { readCommit, readLoad, readMachine } from './report/machine.ts'
import { untilInterrupted } from './report/until-interrupted.ts'

export { benchCallUsage as usage } from './call/options.ts'

/** livekit-sip keeps the ports of an ended call for 30 s. */
const clearTimeoutMs = 60_000
const settleMs = 30_000

/** `./trunkline bench call`. A bench measures: the code is other than 0 only when a call failed. */
export async function runBench(argv: string[], stack: Stack): Promise<number> {
  const print = (line: string) => void process.stdout.write(`${line}\n`)
  let options: BenchCallOptions
  try {
    options = readBenchCallOptions(argv)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return 2
  }
  if (!stack.sip) {
    process.stderr.write('the stack runs without livekit-sip, so there is no telephone line\n')
    return 3
  }
  return untilInterrupted(async (signal) => {
    const result = await measure(stack, { ...options, print, signal })
    const file = await writeResult(result)
    print(`\n${describeResult(result)}\n\n${file}`)
    return result.calls.some(({ failure }) => failure !== undefined) ? 1 : 0
  })
}

type MeasureOptions = BenchCallOptions & {
  readonly print: (line: string) => void
  readonly signal: AbortSignal
}

async function measure(stack: Stack, options: MeasureOptions): Promise<BenchResult> {
  const { leftoversOnly, signal, print } = options
  const startedAt = new Date().toISOString()
  const load = readLoad()
  const commit = readCommit()
  const called = await readCalledLine(stack)
  const greeting = await fetchGreeting(stack, called)
  const disposal = createDisposalStack()
  try {
    let bare: BareLine | undefined
    if (!leftoversOnly) {
      print('starting the bare worker')
      bare = await openBareLine(stack, { greeting, signal })
      disposal.defer(() => forgetBareJobs(stack.urls.redis))
      disposal.defer(() => bare?.close())
    }
    const agent = await agentPool(stack, { signal })
    const pools = [...(agent ? [agent] : []), ...(bare ? [{ workerPid: bare.pid, idle: 1 }] : [])]
    const { calls, memorySamples } = await runCalls(stack, { ...options, bare, pools })
    print('waiting for what the calls leave behind to go')
    const { leftovers, clearedMs } = await awaitNothingLeft(stack, {
      pool: agent,
      retentionSeconds: called.retention.liveSeconds,
      timeoutMs: clearTimeoutMs,
      signal,
    })
    const figures = toFigures(calls)
    const memory = trendMemory(memorySamples)
    return {
      ...{ startedAt, machine: readMachine(), commit, leftoversOnly },
      load: { before: load, after: readLoad() },
      ...{ figures, leftovers, clearedMs, memory },
      verdicts: judge({ figures, leftovers, memory }),
      ...{ calls, memorySamples },
    }
  } finally {
    await disposal.close()
  }
}

/** Undefined where the agent runs elsewhere. */
async function agentPool(
  { processes }: Stack,
  { signal }: { signal: AbortSignal },
): Promise<Pool | undefined> {
  const workerPid = processes.find(({ name }) => name === 'agent')?.pid
  if (workerPid === undefined) return undefined
  return countPool(workerPid, { timeoutMs: settleMs, signal })
}
