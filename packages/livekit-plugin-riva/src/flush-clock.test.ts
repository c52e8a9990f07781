import { expect, it } from 'vitest'
import { FlushClock } from './flush-clock.ts'

it.each([
  ['that covers the audio before the flush', 1000, 50],
  ['that covers a little less', 920, 50],
  ['that covers a little more', 1050, 50],
  ['of a server that does not say what it covers', undefined, 50],
  ['of a later utterance', 3000, undefined],
])('measures to a final %s', (_, coveredMs, sinceFlushMs) => {
  const clock = new FlushClock()
  clock.start(1000, 500)
  expect(clock.stop(coveredMs, 550)).toBe(sinceFlushMs)
  expect(clock.stop(coveredMs, 560)).toBeUndefined()
})

it('measures nothing without a flush', () => {
  expect(new FlushClock().stop(1000, 5)).toBeUndefined()
})
