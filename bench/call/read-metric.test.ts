import { expect, it } from 'vitest'
import { sumMetric } from './read-metric.ts'

const text = [
  '# HELP streams open streams',
  '# TYPE streams gauge',
  'streams{language="en"} 2',
  'streams{language="de-DE"} 1',
  'streams_total 9',
  'idle 0',
].join('\n')

it.each([
  { name: 'streams', value: 3 },
  { name: 'idle', value: 0 },
  { name: 'stream', value: undefined },
])('reads $name as $value', ({ name, value }) => {
  expect(sumMetric(text, name)).toBe(value)
})
