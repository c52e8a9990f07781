import { expect, it } from 'vitest'
import { createMarks } from './marks.ts'

it('keeps the first mark of a kind, and the last of those that may come again', () => {
  const marks = createMarks<'spoken' | 'sent'>({ now: () => 0, lastCounts: ['spoken'] })
  marks.mark('turn-1', 'spoken', 100)
  marks.mark('turn-1', 'sent', 200)
  marks.mark('turn-1', 'spoken', 300)
  marks.mark('turn-1', 'sent', 400)
  expect(marks.of('turn-1')).toEqual({ spoken: 300, sent: 200 })
})

it('marks now when no time is given', () => {
  const marks = createMarks<'sent'>({ now: () => 7 })
  marks.mark('turn-1', 'sent')
  expect(marks.of('turn-1')).toEqual({ sent: 7 })
  expect(marks.of('turn-2')).toEqual({})
})

it('forgets old turns', () => {
  const marks = createMarks<'sent'>({ now: () => 7 })
  for (let turn = 1; turn <= 40; turn += 1) marks.mark(`turn-${turn}`, 'sent')
  expect(marks.of('turn-1')).toEqual({})
  expect(marks.of('turn-40')).toEqual({ sent: 7 })
})
