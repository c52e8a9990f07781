import { describe, expect, it } from 'vitest'
import { isSameProcess, processIdentity, readProcStat, readPsLine } from './process-identity.ts'

describe('processIdentity', () => {
  it('knows this process again and no process of another start time', () => {
    const identity = processIdentity(process.pid) ?? ''
    expect(identity).not.toBe('')
    expect(isSameProcess({ pid: process.pid, identity })).toBe(true)
    expect(isSameProcess({ pid: process.pid, identity: 'ticks 1' })).toBe(false)
    expect(processIdentity(2 ** 22 + 1)).toBeUndefined()
  })
})

describe('readProcStat', () => {
  const rest = '1 77 77 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 8675309 1 1'
  it('reads the start time behind a command with spaces and parentheses', () => {
    expect(readProcStat(`77 (a) b (c)) S ${rest}`)).toBe('ticks 8675309')
  })
  it('takes a zombie for gone', () => {
    expect(readProcStat(`77 (node) Z ${rest}`)).toBeUndefined()
  })
})

describe('readPsLine', () => {
  it('reads what ps prints on macOS', () => {
    expect(readPsLine('Ss   Sat Nov 21 03:09:12 2026\n')).toBe('Sat Nov 21 03:09:12 2026')
    expect(readPsLine('Z    Sat Nov 21 03:09:12 2026\n')).toBeUndefined()
    expect(readPsLine('')).toBeUndefined()
  })
})
