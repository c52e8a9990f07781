import { describe, expect, it } from 'vitest'
import { parsePrometheus, sumOf } from './prometheus-text.ts'

const good = `# HELP calls_total ended calls
# TYPE calls_total counter
calls_total{end_reason="a\\"b\\\\c\\nd",x="1"} 2
calls_total{end_reason="other"} 3e2
# HELP wait_seconds waiting
# TYPE wait_seconds histogram
wait_seconds_bucket{le="0.1"} 1
wait_seconds_bucket{le="+Inf"} 2
wait_seconds_sum 0.5
wait_seconds_count 2
`

describe('parsePrometheus', () => {
  it('reads names, labels, escapes and values', () => {
    const families = parsePrometheus(good)
    expect(families.get('calls_total')).toMatchObject({ type: 'counter', help: 'ended calls' })
    expect(families.get('calls_total')?.samples[0]?.labels).toEqual({
      end_reason: 'a"b\\c\nd',
      x: '1',
    })
    expect(sumOf(families, 'calls_total')).toBe(302)
    expect(sumOf(families, 'calls_total', { x: '1' })).toBe(2)
    expect(sumOf(families, 'nothing')).toBe(0)
  })

  it.each([
    ['a missing line feed at the end', good.slice(0, -1)],
    ['a sample without a TYPE', 'alone 1\n'],
    ['a sample twice', `${good}# TYPE a gauge\na 1\na 1\n`],
    ['a family in two pieces', `${good}calls_total{end_reason="late"} 1\n`],
    ['a TYPE twice', `${good}# TYPE calls_total counter\n`],
    ['a bad value', '# TYPE a gauge\na one\n'],
    ['a label without quotes', '# TYPE a gauge\na{b=c} 1\n'],
    ['a label twice', '# TYPE a gauge\na{b="1",b="2"} 1\n'],
    ['buckets that fall', good.replace('"0.1"} 1', '"0.1"} 3')],
    [
      'a count that is not the last bucket',
      good.replace('wait_seconds_count 2', 'wait_seconds_count 3'),
    ],
  ])('refuses %s', (_what, text) => {
    expect(() => parsePrometheus(text)).toThrow()
  })
})
