import { expect, it } from 'vitest'
import type { TimedCommand } from './replay.ts'
import { countSpeculations } from './speculations.ts'

const speculate = (at: number, text: string): TimedCommand => ({
  ...{ type: 'speculate', at, text, confidence: 1 },
})
const drop = (at: number): TimedCommand => ({ type: 'drop', at })
const commit = (at: number, text: string): TimedCommand => ({
  ...{ type: 'commit', at, text, confidence: 1, endedAt: at, reason: 'model' },
})

it('tells confirmed, dropped and superseded speculations apart', () => {
  const counted = countSpeculations([
    [speculate(100, 'a room'), commit(250, 'A room.')],
    [speculate(100, 'a room'), drop(150), speculate(400, 'a room for two'), commit(500, 'a room')],
    [speculate(100, 'a'), speculate(200, 'a b'), commit(300, 'a b')],
    [commit(100, 'no')],
  ])
  expect(counted).toMatchObject({ begun: 5, confirmed: 2, dropped: 1, superseded: 2 })
  expect(counted.gainedMs).toMatchObject({ p50: 125, max: 150 })
})
