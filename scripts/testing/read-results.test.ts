import { describe, expect, it } from 'vitest'
import { type ResultNode, readResults } from './read-results.ts'
import { toLine } from './totals.ts'

const node = (given: Partial<ResultNode> & Pick<ResultNode, 'type' | 'name'>): ResultNode => ({
  children: [],
  errorCount: 0,
  state: 'passed',
  missingPart: undefined,
  note: undefined,
  ...given,
})
const test = (name: string, state: ResultNode['state'], note?: string) =>
  node({ type: 'test', name, state, note })

describe('readResults', () => {
  it('counts files that cannot be read, failed hooks and unfinished tests as failed', () => {
    const suite = node({
      type: 'suite',
      name: 'calls',
      errorCount: 1,
      children: [test('rings', 'passed'), test('hangs', 'pending'), test('speaks', 'failed')],
    })
    const modules = [
      node({ type: 'module', name: 'a.test.ts', children: [suite] }),
      node({ type: 'module', name: 'b.test.ts', errorCount: 1 }),
    ]
    const { totals, failures } = readResults(modules)
    expect(totals).toEqual({ passed: 1, failed: 4, skipped: 0 })
    expect(failures).toEqual([
      'a.test.ts > calls',
      'a.test.ts > calls > hangs',
      'a.test.ts > calls > speaks',
      'b.test.ts',
    ])
  })

  it('gives the reason of a skip, its own or that of the suite around it', () => {
    const missingPart = { part: 'sip', reason: 'no livekit-sip on PATH' } as const
    const suite = node({
      type: 'suite',
      name: 'SIP',
      missingPart,
      children: [test('rings', 'skipped'), test('hangs up', 'skipped')],
    })
    const modules = [
      node({
        type: 'module',
        name: 'a.test.ts',
        children: [suite, test('later', 'skipped', 'not written yet'), test('bare', 'skipped')],
      }),
    ]
    const { totals, skips } = readResults(modules)
    expect(totals.skipped).toBe(4)
    expect([...skips]).toEqual([
      ['sip: no livekit-sip on PATH', ['SIP > rings', 'SIP > hangs up']],
      ['not written yet', ['later']],
      ['no reason given', ['bare']],
    ])
  })

  it('does not take a test for skipped that -t left out', () => {
    const children = [test('says goodbye', 'passed'), test('rings', 'skipped')]
    const modules = [node({ type: 'module', name: 'a.test.ts', children })]
    expect(readResults(modules, /goodbye/).totals).toEqual({ passed: 1, failed: 0, skipped: 0 })
  })
})

describe('toLine', () => {
  it('names skipped tests only when there are some', () => {
    expect(toLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed')
    expect(toLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped')
  })
})
