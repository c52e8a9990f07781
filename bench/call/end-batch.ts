import { setTimeout as sleep } from 'node:timers/promises'
import { callList, type Stack } from '@trunkline/contracts'
import { type EndCallOptions, type EndKind, endCall } from './ended-call.ts'
import { countLeftovers } from './leftovers.ts'
import { type MemorySample, sampleJobs, sampleMemory } from './memory.ts'
import { readMetric } from './read-metric.ts'

/** Some calls that ended at the same time, and what was there five seconds later. */
export interface EndBatch {
  readonly kinds: readonly EndKind[]
  /** Calls that came to where they were to end. */
  readonly reached: number
  /** From the end of the last call until nothing was left; null when something was after 5 s. */
  readonly clearMs: number | null
  readonly left: readonly string[]
  /** Calls that the orchestrator has begun, and their end reasons with how often each. */
  readonly known: number
  readonly reasons: Readonly<Record<string, number>>
  /** End reasons counted by the metric: one for each call that is known. */
  readonly counted: number
  readonly memory: MemorySample
}

export interface EndBatchOptions extends Omit<EndCallOptions, 'onEnding'> {
  readonly kinds: readonly EndKind[]
  readonly workerPid: number
}

const clearWithinMs = 5000
/** A caller whose telephone has gone is noticed by the silence. */
const noticedWithinMs = 120_000
const lookMs = 100
/** Kept for longer on purpose: livekit-sip's ports for 30 s, processes for the next call. */
const slowly = /RTP ports|idle ones/

export async function endBatch(stack: Stack, options: EndBatchOptions): Promise<EndBatch> {
  const { kinds, workerPid, signal } = options
  const before = await readMetric(stack.urls.orchestrator, 'calls_total').catch(() => 0)
  const startedAt = Date.now()
  let memory: MemorySample = {}
  const onEnding = () => {
    memory = { ...memory, ...sampleJobs(workerPid) }
  }
  const ended = await Promise.all(
    kinds.map((kind) => endCall(stack, kind, { ...options, onEnding })),
  )
  if (kinds.includes('media-loss')) await untilNoticed(stack, signal)
  const { clearMs, left } = await untilClear(stack, signal)
  const calls = await callsSince(stack, startedAt)
  const after = await readMetric(stack.urls.orchestrator, 'calls_total').catch(() => 0)
  return {
    ...{ kinds, clearMs, left, known: calls.length, counted: after - before },
    reached: ended.filter(Boolean).length,
    reasons: countBy(calls.map(({ endReason, state }) => endReason ?? `none, ${state}`)),
    memory: { ...sampleMemory(stack), ...memory },
  }
}

/** What is wrong with a batch; empty when nothing is. */
export function faultsOf({ left, known, counted, reasons }: EndBatch): readonly string[] {
  const without = Object.keys(reasons).filter((reason) => reason.startsWith('none'))
  return [
    ...left.map((name) => `${name} left`),
    ...without.map((reason) => `a call without end reason (${reason})`),
    ...(known === counted ? [] : [`${known} calls ended ${counted} times`]),
  ]
}

async function untilNoticed(stack: Stack, signal: AbortSignal): Promise<void> {
  const giveUpAt = performance.now() + noticedWithinMs
  const isOver = async () => (await readMetric(stack.urls.orchestrator, 'calls_active')) === 0
  while (!(await isOver()) && performance.now() < giveUpAt) {
    await sleep(lookMs, undefined, { signal })
  }
}

async function untilClear(stack: Stack, signal: AbortSignal) {
  const startedAt = performance.now()
  for (;;) {
    const all = await countLeftovers(stack, { pool: undefined, retentionSeconds: Infinity })
    const left = all
      .filter(({ name, count }) => count !== 0 && !slowly.test(name))
      .map(({ name, count }) => (count === undefined ? `${name} (not readable)` : name))
    const takenMs = performance.now() - startedAt
    if (left.length === 0) return { clearMs: takenMs, left }
    if (takenMs > clearWithinMs) return { clearMs: null, left }
    await sleep(lookMs, undefined, { signal })
  }
}

async function callsSince({ urls, tokens }: Stack, startedAt: number) {
  const response = await fetch(new URL('/v1/calls?limit=200', urls.orchestrator), {
    headers: { authorization: `Bearer ${tokens.operator}` },
  })
  const { calls } = callList.parse(await response.json())
  return calls.filter(({ createdAt }) => createdAt >= startedAt)
}

function countBy(values: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return counts
}
