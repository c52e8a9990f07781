import { setTimeout as sleep } from 'node:timers/promises'
import type { Stack } from '@trunkline/contracts'
import { epochNow } from '@trunkline/runtime'
import type { CallFailureCode } from '../../scripts/call/call-failure.ts'
import type { Line } from '../../scripts/call/line.ts'
import type { TurnMeasurement } from '../../scripts/call/measure.ts'
import { type CallReport, placeCall } from '../../scripts/call/place-call.ts'
import type { CallScript } from './script.ts'

/** What was measured of one call, without anything that was said in it; milliseconds. */
export interface MeasuredCall extends Pick<CallReport, 'timings'> {
  readonly kind: 'line' | 'bare'
  readonly failure: CallFailureCode | undefined
  readonly endReason: string | undefined
  readonly turns: readonly Pick<
    TurnMeasurement,
    'turnId' | 'interrupted' | 'wireGapMs' | 'waterfall' | 'restMs'
  >[]
  readonly bargeIns: readonly { readonly stopMs: number; readonly resumedMs: number }[]
  /** Interruptions that the script wanted. */
  readonly interruptions: number
  /** Load average of the last minute when it began. */
  readonly load: number
  /** False when a worker was still starting a process for the next call. */
  readonly settled: boolean
}

export interface CallConditions {
  readonly load: number
  readonly settled: boolean
  readonly signal: AbortSignal
}

export async function callLine(
  stack: Stack,
  script: CallScript,
  { signal, ...conditions }: CallConditions,
): Promise<MeasuredCall> {
  const report = await placeCall(stack, { steps: script.steps, signal })
  return toMeasured(report, {
    ...conditions,
    kind: 'line',
    interruptions: script.interrupts ? 1 : 0,
  })
}

const longestWaitMs = 20_000
const lookMs = 50
/** The greeting goes on for a while, so that the call ends in its middle as callers do. */
const listenMs = 1000

export async function callBare(
  stack: Stack,
  number: string,
  { signal, ...conditions }: CallConditions,
): Promise<MeasuredCall> {
  const report = await placeCall(stack, { number, signal, converse: untilGreeted })
  const wasGreeted = report.timings.greetingMs !== undefined
  const measured = toMeasured(report, { ...conditions, kind: 'bare', interruptions: 0 })
  return { ...measured, failure: measured.failure ?? (wasGreeted ? undefined : 'no-greeting') }
}

async function untilGreeted(line: Line, { signal }: { signal: AbortSignal }): Promise<void> {
  const giveUpAt = epochNow() + longestWaitMs
  while (line.timings.firstVoicedAt === undefined && epochNow() < giveUpAt) {
    await sleep(lookMs, undefined, { signal })
  }
  await sleep(listenMs, undefined, { signal })
}

function toMeasured(
  report: CallReport,
  rest: Pick<MeasuredCall, 'kind' | 'interruptions' | 'load' | 'settled'>,
): MeasuredCall {
  const { timings, turns, bargeIns, endReason } = report
  return {
    ...rest,
    timings,
    endReason,
    failure: report.failure?.code,
    turns: turns.map(({ callerText: _heard, agentText: _said, ...turn }) => turn),
    bargeIns: bargeIns.map(({ stopMs, resumedMs }) => ({ stopMs, resumedMs })),
  }
}
