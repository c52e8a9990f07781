import { expect, it } from 'vitest'
import { drawCurves } from './draw-curves.ts'

const point = (delayMs: number, cutOffs: number, meanDecidedMs: number) => ({
  ...{ delayMs, cutOffs, meanDecidedMs, pauses: 100 },
  ...{ turns: 10, decided: undefined, undecided: 0 },
})

it('draws every point where its time and its share are', () => {
  const svg = drawCurves({
    curves: {
      ours: [point(300, 10, 500), point(600, 5, 1000)],
      model: [point(300, 100, 2000)],
      vad: [],
      oursMisheard: [],
    },
  })
  // 670 units for 2000 ms from 70 on; 316 for all pauses, up from 360.
  expect(svg).toContain('<polyline points="237.5,328.4 405,344.2"')
  expect(svg).toContain('<circle cx="740" cy="44"')
  expect(svg).not.toMatch(/NaN|Infinity|undefined/)
})
