import type { Stack } from '@trunkline/contracts'
import { readLoad } from '../report/machine.ts'
import type { BareLine } from './bare-line.ts'
import { type Pool, untilSettled } from './job-pool.ts'
import { callBare, callLine, type MeasuredCall } from './measured-call.ts'
import { type MemorySample, sampleMemory } from './memory.ts'
import { type CallScript, draftCall, shortCall } from './script.ts'

export interface RunCallsOptions {
  readonly calls: number
  readonly leftoversOnly: boolean
  /** Rung in turns with the line. */
  readonly bare: BareLine | undefined
  readonly pools: readonly Pool[]
  readonly print: (line: string) => void
  readonly signal: AbortSignal
}

/** A process that starts on a busy machine with 2 cores takes 4 s. */
const settleMs = 30_000

/**
 * One call after the other; memory is looked at after each call to the line, when the workers have settled.
 * @throws {Error} when the bare worker has ended by itself or nothing answers SIP any more: nothing is left to measure
 */
export async function runCalls(
  stack: Stack,
  options: RunCallsOptions,
): Promise<{ calls: MeasuredCall[]; memorySamples: MemorySample[] }> {
  const { bare, pools, print, signal, leftoversOnly } = options
  const calls: MeasuredCall[] = []
  const memorySamples: MemorySample[] = []
  const conditions = async () => {
    const settled = await untilSettled(pools, { timeoutMs: settleMs, signal })
    return { load: readLoad()[0] ?? 0, settled, signal }
  }
  const add = (call: MeasuredCall, index: number) => {
    signal.throwIfAborted()
    if (bare && !bare.isRunning()) throw new Error('the bare worker has ended by itself')
    if (call.failure === 'not-ready') throw new Error('nothing takes calls any more')
    calls.push(call)
    print(describeCall(call, `${index + 1}/${options.calls}`))
  }
  for (let index = 0; index < options.calls; index += 1) {
    const script: CallScript = leftoversOnly
      ? shortCall
      : draftCall({ index, random: Math.random, today: new Date() })
    add(await callLine(stack, script, await conditions()), index)
    if (bare) add(await callBare(stack, bare.number, await conditions()), index)
    await untilSettled(pools, { timeoutMs: settleMs, signal })
    memorySamples.push(sampleMemory(stack))
  }
  return { calls, memorySamples }
}

function describeCall(call: MeasuredCall, which: string): string {
  const { kind, failure, timings, turns, bargeIns } = call
  const ms = (value: number | undefined) => (value === undefined ? '–' : String(Math.round(value)))
  const said = [
    `greeting ${ms(timings.greetingMs)}`,
    ...(turns.length > 0 ? [`gaps ${turns.map(({ wireGapMs }) => ms(wireGapMs)).join(' ')}`] : []),
    ...(bargeIns.length > 0 ? [`quiet ${bargeIns.map(({ stopMs }) => ms(stopMs)).join(' ')}`] : []),
    ...(failure === undefined ? [] : [`failed: ${failure}`]),
  ]
  return `  ${which} ${kind.padEnd(4)}  ${said.join(', ')}`
}
