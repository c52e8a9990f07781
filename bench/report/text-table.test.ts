import { expect, it } from 'vitest'
import { textTable } from './text-table.ts'

it('lines names up to the left and figures to the right', () => {
  const rows = [
    ['', 'P50', 'max'],
    ['INVITE → 180', '8', '12'],
    ['rest', '101', '1200'],
  ]
  expect(textTable(rows)).toBe(
    [
      '              P50   max',
      '────────────  ───  ────',
      'INVITE → 180    8    12',
      'rest          101  1200',
    ].join('\n'),
  )
})

it('leaves cells that are missing empty', () => {
  expect(textTable([['a', 'b'], ['c']])).toBe(['a  b', '─  ─', 'c'].join('\n'))
})
