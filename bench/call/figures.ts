import { type Summary, summarize } from '../report/statistics.ts'
import type { MeasuredCall } from './measured-call.ts'

export interface Figure {
  readonly name: string
  /** Milliseconds. */
  readonly summary: Summary | undefined
}

export interface Figures {
  readonly setup: readonly Figure[]
  /** P50 of the line's first greeting sample less that of the bare worker. */
  readonly greetingBeyondBareMs: number | undefined
  readonly turns: readonly Figure[]
  readonly rest: Summary | undefined
  readonly bargeIn: Summary | undefined
  /** Barge-ins after which the agent was heard again before it answered. */
  readonly resumed: number
  /** Interruptions that met no speech of the agent's. */
  readonly missedInterruptions: number
}

const parts = [
  ['  endpointing', 'endpointingMs'],
  ['  orchestrator', 'orchestratorMs'],
  ['  LLM', 'llmMs'],
  ['  TTS', 'ttsMs'],
  ['  agent', 'agentMs'],
] as const

/** All figures of a run; calls that failed count for what was measured of them. */
export function toFigures(calls: readonly MeasuredCall[]): Figures {
  const lines = calls.filter(({ kind }) => kind === 'line')
  const bare = calls.filter(({ kind }) => kind === 'bare')
  const turns = lines.flatMap((call) => call.turns)
  const bargeIns = lines.flatMap((call) => call.bargeIns)
  const setup = (name: string, key: keyof MeasuredCall['timings']) => [
    { name, summary: summarize(lines.map(({ timings }) => timings[key])) },
    { name: `  the bare worker’s`, summary: summarize(bare.map(({ timings }) => timings[key])) },
  ]
  const all = {
    ringing: setup('INVITE → 180', 'ringingMs'),
    answered: setup('INVITE → 200', 'answeredMs'),
    greeting: setup('INVITE → first greeting sample', 'greetingMs'),
  }
  const [ours, floor] = all.greeting
  const rest = summarize(turns.map(({ restMs }) => restMs))
  const interruptions = lines.reduce((sum, call) => sum + call.interruptions, 0)
  return {
    setup: [...all.ringing, ...all.answered, ...all.greeting].filter(({ summary }) => summary),
    greetingBeyondBareMs: ours?.summary && floor?.summary && ours.summary.p50 - floor.summary.p50,
    turns: [
      { name: 'wire gap', summary: summarize(turns.map(({ wireGapMs }) => wireGapMs)) },
      ...parts.map(([name, key]) => ({
        name,
        summary: summarize(turns.map(({ waterfall }) => waterfall?.[key])),
      })),
      { name: '  rest', summary: rest },
      {
        name: 'ASR final (within endpointing)',
        summary: summarize(turns.map(({ waterfall }) => waterfall?.asrFinalMs)),
      },
    ],
    rest,
    bargeIn: summarize(bargeIns.map(({ stopMs }) => stopMs)),
    resumed: bargeIns.filter(({ resumedMs }) => resumedMs > 0).length,
    missedInterruptions: interruptions - bargeIns.length,
  }
}
