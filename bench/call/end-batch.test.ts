import { expect, it } from 'vitest'
import { type EndBatch, faultsOf } from './end-batch.ts'

const clean: EndBatch = {
  ...{ kinds: ['greeting', 'tool'], reached: 2, clearMs: 300, left: [], known: 2, counted: 2 },
  ...{ reasons: { 'caller-hangup': 2 }, memory: {} },
}

it.each([
  { name: 'nothing', batch: clean, faults: [] },
  { name: 'a room', batch: { ...clean, left: ['rooms'] }, faults: ['rooms left'] },
  {
    name: 'a call that never ended',
    batch: { ...clean, counted: 1, reasons: { 'caller-hangup': 1, 'none, active': 1 } },
    faults: ['a call without end reason (none, active)', '2 calls ended 1 times'],
  },
  {
    name: 'a call that ended twice',
    batch: { ...clean, counted: 3 },
    faults: ['2 calls ended 3 times'],
  },
])('finds $name', ({ batch, faults }) => {
  expect(faultsOf(batch)).toEqual(faults)
})
