import { expect, it } from 'vitest'
import { createTurnMarks } from './turn-marks.ts'

it('keeps the first mark of a kind, and the last end of speech and final', () => {
  const marks = createTurnMarks()
  marks.mark('turn-1', 'speech-ended', 100)
  marks.mark('turn-1', 'turn-sent', 200)
  marks.mark('turn-1', 'speech-ended', 300)
  marks.mark('turn-1', 'turn-sent', 400)
  expect(marks.of('turn-1')).toEqual({ 'speech-ended': 300, 'turn-sent': 200 })
})

it('marks now when no time is given', () => {
  const marks = createTurnMarks({ now: () => 7 })
  marks.mark('turn-1', 'first-frame')
  expect(marks.of('turn-1')).toEqual({ 'first-frame': 7 })
  expect(marks.of('turn-2')).toEqual({})
})

it('forgets old turns', () => {
  const marks = createTurnMarks({ now: () => 7 })
  for (let turn = 1; turn <= 40; turn += 1) marks.mark(`turn-${turn}`, 'turn-sent')
  expect(marks.of('turn-1')).toEqual({})
  expect(marks.of('turn-40')).toEqual({ 'turn-sent': 7 })
})
