import type { CurvePoint, Figures } from './figures.ts'

const [width, height] = [760, 420]
const [left, right, top, bottom] = [70, 20, 44, 60]
const longestMs = 2000
const largestShare = 1

const series = [
  { key: 'ours', name: 'turn-taking', color: '#1f6fb2' },
  { key: 'model', name: 'v1-mini alone', color: '#8e44ad' },
  { key: 'vad', name: 'VAD alone', color: '#d98200' },
] as const

/** The curves as SVG: pauses taken for the end of a turn, by how long a decision takes. Nearer to the corner is better. */
export function drawCurves({ curves }: Pick<Figures, 'curves'>): string {
  const x = (ms: number) => round(left + ((width - left - right) * ms) / longestMs)
  const y = (share: number) => round(height - bottom - (height - top - bottom) * share)
  const drawn = series.map(({ key, color }) => {
    const points = curves[key].map((point) => ({ ...point, share: toShare(point) }))
    const path = points.map(({ meanDecidedMs, share }) => `${x(meanDecidedMs)},${y(share)}`)
    const dots = points.map(
      ({ meanDecidedMs, share, delayMs }) =>
        `<circle cx="${x(meanDecidedMs)}" cy="${y(share)}" r="3.5" fill="${color}"/>` +
        `<text class="at" x="${x(meanDecidedMs) + 6}" y="${y(share) - 6}">${delayMs}</text>`,
    )
    return `<polyline points="${path.join(' ')}" fill="none" stroke="${color}" stroke-width="2"/>${dots.join('')}`
  })
  const legend = series.map(
    ({ name, color }, index) =>
      `<rect x="${left + 10 + index * 140}" y="22" width="14" height="4" fill="${color}"/>` +
      `<text x="${left + 30 + index * 140}" y="28">${name}</text>`,
  )
  const across = [0, 0.25, 0.5, 0.75, largestShare].map(
    (share) =>
      `<line class="grid" x1="${left}" x2="${width - right}" y1="${y(share)}" y2="${y(share)}"/>` +
      `<text class="share" x="${left - 8}" y="${y(share) + 4}">${Math.round(share * 100)} %</text>`,
  )
  const down = [0, 500, 1000, 1500, longestMs].map(
    (ms) => `<text class="time" x="${x(ms)}" y="${height - bottom + 18}">${ms} ms</text>`,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    '<title>Pauses cut off, by how long a decision takes</title>',
    '<style>.grid{stroke:#ddd}.share{text-anchor:end;fill:#555}.time,.axis{text-anchor:middle;fill:#555}.at{font-size:10px;fill:#555}</style>',
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...across,
    ...down,
    ...legend,
    ...drawn,
    `<text class="axis" x="${(left + width - right) / 2}" y="${height - 14}">from the last sample of a turn to the decision, mean; at each point the silence that is set, in ms</text>`,
    `<text class="axis" transform="translate(16 ${(top + height - bottom) / 2}) rotate(-90)">pauses cut off</text>`,
    '</svg>',
    '',
  ].join('\n')
}

function toShare({ cutOffs, pauses }: CurvePoint): number {
  return pauses === 0 ? 0 : cutOffs / pauses
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
