import type { Moment, PlotData, Point } from './plot-data.ts'

export interface PlotWindow {
  readonly fromMs: number
  readonly untilMs: number
}

const width = 1200
const left = 90
const right = 20
const laneHeight = 90
const gap = 18
const decisionRows = 4
const rowHeight = 16
const top = 16
const axisHeight = 30
const quietestDb = -60

/** The call as SVG: caller, agent, VAD, model and decisions below each other, on one time line. */
export function drawPlot(data: PlotData, { fromMs, untilMs }: PlotWindow): string {
  const scale = (width - left - right) / Math.max(1, untilMs - fromMs)
  const x = (ms: number) => round(left + (ms - fromMs) * scale)
  const isShown = ({ atMs }: { readonly atMs: number }) => atMs >= fromMs && atMs <= untilMs
  const laneTop = (index: number) => top + index * (laneHeight + gap)

  const lane = (index: number, name: string, content: string) =>
    `<g class="lane"><text class="name" x="${left - 10}" y="${laneTop(index) + laneHeight / 2 + 4}">${escapeXml(name)}</text>` +
    `<rect class="ground" x="${left}" y="${laneTop(index)}" width="${width - left - right}" height="${laneHeight}"/>${content}</g>`
  const area = (points: readonly Point[], index: number, toShare: (value: number) => number) => {
    const shown = points.filter(isShown)
    const base = laneTop(index) + laneHeight
    const dots = shown.map(
      ({ atMs, value }) => `${x(atMs)},${round(base - laneHeight * clamp(toShare(value)))}`,
    )
    const [first, last] = [shown[0], shown.at(-1)]
    if (!first || !last) return ''
    return `<polygon points="${x(first.atMs)},${base} ${dots.join(' ')} ${x(last.atMs)},${base}"/>`
  }
  const ofDb = (db: number) => (db - quietestDb) / -quietestDb

  const speech = data.speech
    .filter((span) => span.untilMs >= fromMs && span.fromMs <= untilMs)
    .map(({ fromMs: begin, untilMs: end }) => {
      const [a, b] = [x(Math.max(begin, fromMs)), x(Math.min(end, untilMs))]
      return `<rect class="speech" x="${a}" y="${laneTop(2)}" width="${round(b - a)}" height="${laneHeight}"/>`
    })
  const thresholdAt = laneTop(3) + laneHeight * (1 - (data.threshold ?? 0))
  const threshold =
    data.threshold === undefined
      ? ''
      : `<line class="threshold" x1="${left}" x2="${width - right}" y1="${round(thresholdAt)}" y2="${round(thresholdAt)}"/>`
  const model = data.model
    .filter(isShown)
    .map(
      ({ atMs, value }) =>
        `<circle class="model" cx="${x(atMs)}" cy="${round(laneTop(3) + laneHeight * (1 - clamp(value)))}" r="3.5"/>`,
    )
  const decisionsTop = laneTop(4)
  const decisions = data.decisions.filter(isShown)
  const height = decisionsTop + decisionRows * rowHeight + axisHeight

  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<style>${style}</style>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    lane(0, 'caller', `<g class="caller">${area(data.caller, 0, ofDb)}</g>`),
    lane(1, 'agent', `<g class="agent">${area(data.agent, 1, ofDb)}</g>`),
    lane(2, 'VAD', speech.join('')),
    lane(3, 'model', `${threshold}${model.join('')}`),
    `<text class="name" x="${left - 10}" y="${decisionsTop + rowHeight}">decision</text>`,
    ...decisions.map((moment, index) => drawDecision(moment, index, { x, decisionsTop })),
    drawAxis({ fromMs, untilMs }, { x, y: height - axisHeight + 8 }),
    '</svg>',
    '',
  ].join('\n')
}

/** Labels go down row by row, so that those of decisions close to each other can be read. */
function drawDecision(
  { atMs, label }: Moment,
  index: number,
  { x, decisionsTop }: { x: (ms: number) => number; decisionsTop: number },
): string {
  const y = decisionsTop + ((index % decisionRows) + 1) * rowHeight
  const isNearEnd = x(atMs) > width * 0.75
  const anchor = isNearEnd ? ' text-anchor="end"' : ''
  return (
    `<line class="decision" x1="${x(atMs)}" x2="${x(atMs)}" y1="${top}" y2="${y}"/>` +
    `<text x="${x(atMs) + (isNearEnd ? -4 : 4)}" y="${y}"${anchor}>${escapeXml(label)}</text>`
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
  '.name{text-anchor:end;font-weight:bold}',
  '.time{text-anchor:middle;fill:#555}',
  '.ground{fill:#f4f4f6}',
  '.caller polygon{fill:#1f6fb2}',
  '.agent polygon{fill:#2e8b57}',
  '.speech{fill:#e0a94a}',
  '.model{fill:#8e44ad}',
  '.threshold{stroke:#8e44ad;stroke-dasharray:4 4}',
  '.decision{stroke:#b03030}',
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
