import type { CallEvent } from '@trunkline/contracts'
import { describeEnd } from '@trunkline/telephony'
import type { TurnMeasurement } from './measure.ts'
import type { CallReport } from './place-call.ts'

const ms = (value: number) => `${Math.round(value)} ms`
const seconds = (value: number) => `${(value / 1000).toFixed(2)} s`

/** The line an event is worth, if any. */
export function describeEvent(event: CallEvent): string | undefined {
  switch (event.type) {
    case 'turn-received':
      return event.source === 'dtmf' ? `caller: [keys] ${event.text}` : `caller: ${event.text}`
    case 'heard': {
      const cut = event.interrupted ? ' … [interrupted]' : ''
      return event.text || cut ? `agent:  ${event.text}${cut}` : undefined
    }
    case 'tool-called':
      return `        [${event.name} ${JSON.stringify(event.arguments)}]`
    case 'turn-failed':
      return `        [the turn failed: ${event.code}]`
    case 'dtmf':
      return `caller: [key ${event.digit}]`
    default:
      return undefined
  }
}

/** The gap as the caller lived it, beside what the parts report. */
export function describeTurn(turn: TurnMeasurement): string | undefined {
  const { wireGapMs, waterfall, restMs } = turn
  if (wireGapMs === undefined) return undefined
  if (!waterfall || restMs === undefined) return `        gap ${ms(wireGapMs)}`
  const { endpointingMs, orchestratorMs, llmMs, ttsMs, agentMs, asrFinalMs } = waterfall
  const parts = Object.entries({
    endpointing: endpointingMs,
    orchestrator: orchestratorMs,
    llm: llmMs,
    tts: ttsMs,
    agent: agentMs,
    rest: restMs,
  }).map(([name, value]) => `${name} ${Math.round(value)}`)
  const asr = asrFinalMs === undefined ? '' : ` (asr final ${ms(asrFinalMs)}, within endpointing)`
  return `        gap ${ms(wireGapMs)} = ${parts.join(' + ')}${asr}`
}

export function describeAnswer({ ringingMs, answeredMs }: CallReport['timings']): string {
  const rang = ringingMs === undefined ? '' : `rang after ${ms(ringingMs)}, `
  return `${rang}answered after ${ms(answeredMs ?? 0)}`
}

/** What is to be said when the call is over. */
export function describeReport(report: CallReport): string {
  const { timings, bargeIns, end, endReason, failure } = report
  const interruptions = bargeIns.map(({ stopMs, resumedMs }) => {
    const resumed = resumedMs > 0 ? `, but ${ms(resumedMs)} of speech came back` : ''
    return `interrupted: the agent was quiet ${ms(stopMs)} after the caller’s onset${resumed}`
  })
  const greeting =
    timings.greetingMs === undefined ? [] : [`first word after ${ms(timings.greetingMs)}`]
  const reason = endReason === undefined ? '' : ` (${endReason})`
  const ended =
    end === undefined
      ? []
      : [
          `ended by the ${end.by === 'local' ? 'caller' : 'agent'}${reason} ` +
            `after ${seconds(timings.endedMs ?? 0)}: ${describeEnd(end)}`,
        ]
  const failed = failure && failure.code !== 'stopped' ? [`call failed: ${failure.message}`] : []
  return [...interruptions, ...greeting, ...ended, ...failed].join('\n')
}
