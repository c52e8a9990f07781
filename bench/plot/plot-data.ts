import type { CallEvent } from '@trunkline/contracts'
import { levelDbfs } from '@trunkline/telephony'
import type { TraceStep } from './decision-trace.ts'

/** Milliseconds since the beginning of the recording. */
export interface Moment {
  readonly atMs: number
  readonly label: string
}

export interface Point {
  readonly atMs: number
  readonly value: number
}

export interface Span {
  readonly fromMs: number
  readonly untilMs: number
}

/** A call on one time line. No words that were said are in it. */
export interface PlotData {
  readonly lengthMs: number
  /** dB below full scale, one point every 20 ms. */
  readonly caller: readonly Point[]
  readonly agent: readonly Point[]
  /** The caller's speech by the VAD, as it was told to the orchestrator. */
  readonly speech: readonly Span[]
  /** The end-of-turn model's answers, and its threshold. */
  readonly model: readonly Point[]
  readonly threshold: number | undefined
  readonly decisions: readonly Moment[]
}

export interface PlotSource {
  readonly startAt: number
  readonly caller: Int16Array
  readonly agent: Int16Array
  readonly events: readonly CallEvent[]
  readonly trace: readonly TraceStep[]
}

const hopMs = 20
const perMs = 8

export function toPlotData(source: PlotSource): PlotData {
  const { startAt, caller, agent, events, trace } = source
  const lengthMs = Math.max(caller.length, agent.length) / perMs
  const answers = trace.flatMap(({ at, model }) => (model ? [{ at, ...model }] : []))
  return {
    lengthMs,
    caller: toLevels(caller),
    agent: toLevels(agent),
    speech: toSpeech(events, { startAt, lengthMs }),
    model: answers.map(({ at, probability }) => ({ atMs: at - startAt, value: probability })),
    threshold: answers[0]?.threshold,
    decisions: trace.length > 0 ? toDecisions(trace, startAt) : toMoments(events, startAt),
  }
}

function toLevels(pcm: Int16Array): readonly Point[] {
  const hop = hopMs * perMs
  return Array.from({ length: Math.floor(pcm.length / hop) }, (_, index) => ({
    atMs: index * hopMs,
    value: levelDbfs(pcm.subarray(index * hop, (index + 1) * hop)),
  }))
}

function toSpeech(
  events: readonly CallEvent[],
  { startAt, lengthMs }: { startAt: number; lengthMs: number },
): readonly Span[] {
  const spans: Span[] = []
  let fromMs: number | undefined
  for (const { type, at } of events) {
    if (type === 'speech-start') fromMs ??= at - startAt
    if (type !== 'speech-end' || fromMs === undefined) continue
    spans.push({ fromMs, untilMs: at - startAt })
    fromMs = undefined
  }
  return fromMs === undefined ? spans : [...spans, { fromMs, untilMs: lengthMs }]
}

/** What was wanted, with why. */
function toDecisions(trace: readonly TraceStep[], startAt: number): readonly Moment[] {
  return trace.flatMap(({ at, commands, why }) =>
    commands
      .filter((command) => !quiet.has(command))
      .map((command) => ({ atMs: at - startAt, label: `${command}: ${why}` })),
  )
}

/** Drawn elsewhere, or asked for on the way to a decision. */
const quiet: ReadonlySet<string> = new Set(['speech-start', 'speech-end', 'predict', 'flush'])

/** Of a call without a trace: what came of the decisions. */
function toMoments(events: readonly CallEvent[], startAt: number): readonly Moment[] {
  return events.flatMap((event) => {
    const label = toLabel(event)
    return label === undefined ? [] : [{ atMs: event.at - startAt, label }]
  })
}

function toLabel(event: CallEvent): string | undefined {
  switch (event.type) {
    case 'turn-received':
      return `${event.turnId} sent`
    case 'turn-cancelled':
      return `${event.turnId} cancelled`
    case 'heard':
      return event.interrupted ? `${event.turnId} interrupted` : undefined
    default:
      return undefined
  }
}
