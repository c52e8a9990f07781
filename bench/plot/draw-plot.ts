import { type PlacedLabel, placeLabels } from './place-labels.ts'
import type { PlotData, Point, Span } from './plot-data.ts'

export interface PlotWindow {
  readonly fromMs: number
  readonly untilMs: number
}

const width = 1200
const left = 110
const right = 20
const laneHeight = 80
const gap = 16
const rowHeight = 17
const top = 40
const axisHeight = 44
const quietestDb = -60

interface Lane {
  readonly name: string
  /** Below the name: what the height means. */
  readonly unit: string
  readonly content: string
}

/** Places things on the plot: `x` by time, `y` by a share of a lane's height. */
interface Scale {
  readonly x: (ms: number) => number
  readonly y: (lane: number, share: number) => number
}

/** The call as SVG: caller, agent, VAD, model and decisions below each other, on one time line. */
export function drawPlot(data: PlotData, window: PlotWindow): string {
  const { fromMs, untilMs } = window
  const perMs = (width - left - right) / Math.max(1, untilMs - fromMs)
  const scale: Scale = {
    x: (ms) => round(left + (ms - fromMs) * perMs),
    y: (lane, share) => round(laneTop(lane) + laneHeight * (1 - clamp(share))),
  }
  const isShown = ({ atMs }: { readonly atMs: number }) => atMs >= fromMs && atMs <= untilMs
  const level = (points: readonly Point[], lane: number) =>
    drawLevel(points.filter(isShown), { lane, scale })
  const lanes: readonly Lane[] = [
    { name: 'caller', unit: 'level, −60 to 0 dB', content: level(data.caller, 0) },
    { name: 'agent', unit: 'level, −60 to 0 dB', content: level(data.agent, 1) },
    { name: 'VAD', unit: 'caller speaks', content: drawSpeech(data.speech, { window, scale }) },
    {
      name: 'model',
      unit: 'turn over, 0 to 1',
      content: drawModel(data.model.filter(isShown), { threshold: data.threshold, scale }),
    },
  ]
  const decisionsTop = laneTop(lanes.length)
  const labels = placeLabels(data.decisions.filter(isShown), { x: scale.x, right: width - right })
  const rows = labels.reduce((most, { row }) => Math.max(most, row + 1), 1)
  const height = decisionsTop + rows * rowHeight + axisHeight
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    '<title>A telephone call on one time line</title>',
    `<style>${style}</style>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text class="title" x="${left}" y="24">A telephone call: what was on the wire, what turn-taking perceived, and what it decided</text>`,
    ...lanes.map(drawLane),
    `<text class="name" x="${left - 10}" y="${decisionsTop + 12}">decision</text>`,
    ...labels.map((label) => drawDecision(label, { x: scale.x, decisionsTop })),
    drawAxis(window, { x: scale.x, y: height - axisHeight + 12 }),
    '</svg>',
    '',
  ].join('\n')
}

function laneTop(index: number): number {
  return top + index * (laneHeight + gap)
}

function drawLane({ name, unit, content }: Lane, index: number): string {
  const middle = laneTop(index) + laneHeight / 2
  return (
    `<g class="${name}"><rect class="ground" x="${left}" y="${laneTop(index)}" width="${width - left - right}" height="${laneHeight}"/>` +
    `<text class="name" x="${left - 10}" y="${middle}">${name}</text>` +
    `<text class="unit" x="${left - 10}" y="${middle + 14}">${unit}</text>${content}</g>`
  )
}

function drawLevel(
  points: readonly Point[],
  { lane, scale: { x, y } }: { lane: number; scale: Scale },
): string {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return ''
  const dots = points.map(
    ({ atMs, value }) => `${x(atMs)},${y(lane, (value - quietestDb) / -quietestDb)}`,
  )
  return `<polygon points="${x(first.atMs)},${y(lane, 0)} ${dots.join(' ')} ${x(last.atMs)},${y(lane, 0)}"/>`
}

function drawSpeech(
  spans: readonly Span[],
  { window: { fromMs, untilMs }, scale: { x, y } }: { window: PlotWindow; scale: Scale },
): string {
  return spans
    .filter((span) => span.untilMs >= fromMs && span.fromMs <= untilMs)
    .map((span) => {
      const [a, b] = [x(Math.max(span.fromMs, fromMs)), x(Math.min(span.untilMs, untilMs))]
      return `<rect class="speech" x="${a}" y="${y(2, 0.75)}" width="${round(b - a)}" height="${laneHeight / 2}"/>`
    })
    .join('')
}

function drawModel(
  answers: readonly Point[],
  { threshold, scale: { x, y } }: { threshold: number | undefined; scale: Scale },
): string {
  const dots = answers.map(
    ({ atMs, value }) =>
      `<circle class="answer" cx="${x(atMs)}" cy="${y(3, value)}" r="4"/>` +
      `<text class="value" x="${x(atMs) + 7}" y="${y(3, value) + 4}">${value.toFixed(2)}</text>`,
  )
  if (threshold === undefined) return dots.join('')
  const at = y(3, threshold)
  return (
    `<line class="threshold" x1="${left}" x2="${width - right}" y1="${at}" y2="${at}"/>` +
    `<text class="value" x="${left + 4}" y="${at - 4}">threshold ${threshold}</text>${dots.join('')}`
  )
}

function drawDecision(
  { atMs, label, row, isBefore }: PlacedLabel,
  { x, decisionsTop }: { x: (ms: number) => number; decisionsTop: number },
): string {
  const y = decisionsTop + row * rowHeight + 12
  const kind = label.split(':')[0] ?? ''
  const anchor = isBefore ? ' text-anchor="end"' : ''
  return (
    `<g class="decision ${escapeXml(kind)}"><line x1="${x(atMs)}" x2="${x(atMs)}" y1="${top}" y2="${y + 2}"/>` +
    `<text x="${x(atMs) + (isBefore ? -4 : 4)}" y="${y}"${anchor}>${escapeXml(label)}</text></g>`
  )
}

function drawAxis(
  { fromMs, untilMs }: PlotWindow,
  { x, y }: { x: (ms: number) => number; y: number },
): string {
  const lengthMs = untilMs - fromMs
  const stepMs =
    [100, 200, 500, 1000, 2000, 5000, 10_000].find((ms) => lengthMs / ms <= 20) ?? 60_000
  const ticks: string[] = []
  for (let ms = Math.ceil(fromMs / stepMs) * stepMs; ms <= untilMs; ms += stepMs) {
    ticks.push(
      `<line class="tick" x1="${x(ms)}" x2="${x(ms)}" y1="${y - 6}" y2="${y}"/>` +
        `<text class="time" x="${x(ms)}" y="${y + 14}">${round(ms / 1000)} s</text>`,
    )
  }
  return ticks.join('')
}

const style = [
  '.title{font-weight:bold;font-size:14px}',
  '.name{text-anchor:end;font-weight:bold}',
  '.unit{text-anchor:end;fill:#555;font-size:10px}',
  '.time{text-anchor:middle;fill:#555}',
  '.value{fill:#6c3483;font-size:11px}',
  '.ground{fill:#f4f4f6}',
  '.caller polygon{fill:#1f6fb2}',
  '.agent polygon{fill:#2e8b57}',
  '.speech{fill:#e0a94a}',
  '.answer{fill:#8e44ad}',
  '.threshold{stroke:#8e44ad;stroke-dasharray:4 4}',
  '.decision{fill:#222}',
  '.decision line{stroke:#999;stroke-dasharray:3 2}',
  '.duck line,.restore line{stroke:#d98200}',
  '.interrupt line{stroke:#c0392b;stroke-dasharray:none;stroke-width:1.5}',
  '.commit line{stroke:#1e7e34;stroke-dasharray:none;stroke-width:1.5}',
  '.tick{stroke:#555}',
].join('')

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share))
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
