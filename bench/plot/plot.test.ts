import type { CallEvent } from '@trunkline/contracts'
import { describe, expect, it } from 'vitest'
import { readTrace } from './decision-trace.ts'
import { drawPlot } from './draw-plot.ts'
import { placeLabels } from './place-labels.ts'
import { toPlotData } from './plot-data.ts'

const startAt = 1_000_000
const at = (ms: number) => startAt + ms
const loud = (fromMs: number, untilMs: number) =>
  Int16Array.from({ length: 2000 * 8 }, (_, index) =>
    index >= fromMs * 8 && index < untilMs * 8 ? 16_384 : 0,
  )
const events: CallEvent[] = [
  { type: 'speech-start', at: at(200) },
  { type: 'transcript-final', at: at(900), text: 'a secret wish' },
  { type: 'speech-end', at: at(800) },
  {
    ...{ type: 'turn-received', at: at(1000), turnId: 'turn-1', text: 'a secret wish' },
    ...{ language: 'en', source: 'speech' },
  },
]
const source = { startAt, caller: loud(200, 800), agent: loud(1500, 2000), events, trace: [] }
const decided = (jobId: string) => ({
  ...{ level: 20, msg: 'a turn is over', jobId, timeOrigin: startAt },
  trace: [
    { at: 210, commands: [], why: 'speaks' },
    {
      ...{ at: 950, commands: ['flush', 'commit'], why: 'the model & silence' },
      model: { probability: 0.7, threshold: 0.36 },
    },
  ],
})
const log = [decided('job-1'), { level: 30, msg: 'other' }, decided('of-another-call')]
  .map((line) => JSON.stringify(line))
  .concat('cut off "timeOrigin"')
  .join('\n')
const trace = readTrace(log, ['job-1'])

describe('readTrace', () => {
  it('takes the steps of the call’s jobs alone', () => {
    expect(trace.map(({ at: stepAt }) => stepAt)).toEqual([at(210), at(950)])
    expect(readTrace(log, ['nobody'])).toEqual([])
  })
})

describe('toPlotData', () => {
  it('places levels, speech and what came of it on the time of the recording', () => {
    const data = toPlotData(source)
    expect(data.lengthMs).toBe(2000)
    expect(data.caller.find(({ atMs }) => atMs === 400)?.value).toBeCloseTo(-6.02, 1)
    expect(data.agent.find(({ atMs }) => atMs === 400)?.value).toBe(-Infinity)
    expect(data.speech).toEqual([{ fromMs: 200, untilMs: 800 }])
    expect(data.decisions).toEqual([{ atMs: 1000, label: 'turn-1 sent' }])
  })

  it('takes model and decisions from the trace, where there is one', () => {
    const data = toPlotData({ ...source, trace })
    expect(data.model).toEqual([{ atMs: 950, value: 0.7 }])
    expect(data.threshold).toBe(0.36)
    expect(data.decisions).toEqual([{ atMs: 950, label: 'commit: the model & silence' }])
  })

  it('draws speech that never ended to the end', () => {
    const [begun] = events
    const data = toPlotData({ ...source, events: begun ? [begun] : [] })
    expect(data.speech).toEqual([{ fromMs: 200, untilMs: 2000 }])
  })
})

describe('drawPlot', () => {
  const svg = drawPlot(toPlotData({ ...source, trace }), { fromMs: 0, untilMs: 2000 })

  it('puts every lane on the same time', () => {
    // 1070 units for 2000 ms, from 110 on.
    expect(svg).toContain('<rect class="speech" x="217" ')
    expect(svg).toContain('<circle class="answer" cx="618.3"')
    expect(svg).toContain('<g class="decision commit"><line x1="618.3"')
    expect(svg).toContain('>1 s</text>')
  })

  it('is well-formed, and holds nothing that was said', () => {
    expect(svg).toContain('commit: the model &#38; silence')
    expect(svg).not.toMatch(/secret|NaN|Infinity/)
    expect(svg.match(/<g[ >]/g)).toHaveLength(svg.match(/<\/g>/g)?.length ?? -1)
  })

  it('shows a part of the call alone', () => {
    const part = drawPlot(toPlotData({ ...source, trace }), { fromMs: 1000, untilMs: 2000 })
    expect(part).not.toContain('class="answer" cx')
  })
})

describe('placeLabels', () => {
  const place = { x: (ms: number) => ms, right: 1000 }
  const rowsOf = (moments: readonly [number, string][]) =>
    placeLabels(
      moments.map(([atMs, label]) => ({ atMs, label })),
      place,
    ).map(({ row, isBefore }) => [row, isBefore])

  it('puts what would cover another label a row lower, and goes up again behind it', () => {
    const rows = rowsOf([
      [0, 'duck: ten signs'],
      [50, 'interrupt'],
      [90, 'drop'],
      [300, 'commit'],
    ])
    expect(rows).toEqual([
      [0, false],
      [1, false],
      [2, false],
      [0, false],
    ])
  })

  it('ends a label at its moment where the plot ends behind it', () => {
    expect(rowsOf([[980, 'commit: over']])).toEqual([[0, true]])
  })
})
