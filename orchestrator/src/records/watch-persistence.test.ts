import { expect, it } from 'vitest'
import { keepsCommands } from './watch-persistence.ts'

it.each([
  ['# Persistence\r\nloading:0\r\naof_enabled:1\r\naof_rewrite_in_progress:0\r\n', true],
  ['# Persistence\r\nloading:0\r\naof_enabled:0\r\naof_rewrite_in_progress:0\r\n', false],
  ['', false],
])('reads %j', (info, expected) => {
  expect(keepsCommands(info)).toBe(expected)
})
