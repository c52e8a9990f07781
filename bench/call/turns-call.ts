import type { Stack } from '@trunkline/contracts'
import type { CallFailureCode } from '../../scripts/call/call-failure.ts'
import { placeCall } from '../../scripts/call/place-call.ts'
import { keepRecording } from '../plot/recorded-call.ts'
import { checkHeard, type HeardTurn } from './heard-turns.ts'
import { measureQuiet, type Quiet } from './quiet.ts'
import { type TurnFigures, toTurnFigures } from './turn-figures.ts'
import { draftTurns } from './turn-script.ts'

/** What was measured of one call, without anything that was said in it. */
export interface TurnsCall {
  readonly callId: string | undefined
  readonly greetingMs: number | undefined
  readonly turns: readonly TurnFigures[]
  readonly quiet: readonly Quiet[]
  readonly heard: readonly HeardTurn[]
  readonly failure: CallFailureCode | undefined
}

export async function callTurns(
  stack: Stack,
  { index, isKept, signal }: { index: number; isKept: boolean; signal: AbortSignal },
): Promise<TurnsCall> {
  const steps = draftTurns({ index, random: Math.random, today: new Date() })
  const report = await placeCall(stack, { steps, signal })
  if (isKept && report.callId !== undefined) await keepRecording(report.callId, report)
  const toolTurns = new Set(
    report.events.flatMap((event) => (event.type === 'tool-called' ? [event.turnId] : [])),
  )
  return {
    callId: report.callId,
    greetingMs: report.timings.greetingMs,
    turns: report.turns.flatMap((turn) => toTurnFigures(turn, toolTurns) ?? []),
    quiet: report.bargeIns.flatMap(({ onsetAt, answerAt }) => {
      const until = answerAt === undefined ? {} : { until: answerAt }
      return measureQuiet(report.audio.received, { onsetAt, ...until }) ?? []
    }),
    heard: await checkHeard(stack, report),
    failure: report.failure?.code,
  }
}
