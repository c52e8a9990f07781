import { describe, expect, it } from 'vitest'
import { createAdmission } from './admission.ts'

function createWorker(slots: number) {
  const running: string[] = []
  const is = { late: false, draining: false }
  let time = 0
  const at = (now: number) => {
    time = now
  }
  const admission = createAdmission({
    slots,
    running: () => running,
    isLate: () => is.late,
    isDraining: () => is.draining,
    now: () => time,
  })
  return { running, admission, at, is }
}

describe('createAdmission', () => {
  it('refuses a job beyond its slots although none of those before runs yet', () => {
    const { admission } = createWorker(2)
    expect([admission.take('a'), admission.take('b'), admission.take('c')]).toEqual([
      undefined,
      undefined,
      'full',
    ])
    expect(admission.load()).toBe(1)
  })

  it('counts a job once when it runs, and not when it has ended', () => {
    const { admission, running } = createWorker(2)
    admission.take('a')
    expect(admission.coming()).toBe(1)
    running.push('a')
    expect([admission.load(), admission.coming()]).toEqual([0.5, 0])
    running.pop()
    expect(admission.load()).toBe(0)
  })

  it('tells of a job that never came, and forgets it', () => {
    const { admission, at } = createWorker(1)
    admission.take('a')
    at(4999)
    expect(admission.overdue()).toEqual([])
    at(5000)
    expect([admission.overdue(), admission.overdue()]).toEqual([['a'], []])
    expect(admission.take('b')).toBe('full')
    at(10_001)
    expect(admission.take('b')).toBeUndefined()
  })

  it('takes none while its loop is late, and none once it drains, and shows full load', () => {
    const { admission, is } = createWorker(3)
    is.late = true
    expect([admission.take('a'), admission.load()]).toEqual(['late', 1])
    is.late = false
    expect([admission.take('a'), admission.load()]).toEqual([undefined, 1 / 3])
    is.draining = true
    expect([admission.take('b'), admission.load()]).toEqual(['draining', 1])
  })
})
