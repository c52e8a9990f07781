import { expect, it } from 'vitest'
import { toReconnectDelayMs } from './reconnect-delay.ts'

it.each([
  [0, true, 1, 0],
  [1, true, 0, 50],
  [1, true, 1, 100],
  [3, true, 1, 400],
  [4, true, 1, 800],
  [40, true, 1, 1000],
  [40, true, 0, 500],
  [0, false, 0, 5000],
])('after %i failures (retryable %s, random %d) waits %i ms', (failures, retryable, random, ms) => {
  expect(toReconnectDelayMs({ failures, retryable, random })).toBe(ms)
})
