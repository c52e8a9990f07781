import { describe, expect, it } from 'vitest'
import { createAdmission } from './admission.ts'

function createWorker(slots: number) {
  const running: string[] = []
  let time = 0
  const at = (now: number) => {
    time = now
  }
  const admission = createAdmission({ slots, running: () => running, now: () => time })
  return { running, admission, at }
}

describe('createAdmission', () => {
  it('refuses a job beyond its slots although none of those before runs yet', () => {
    const { admission } = createWorker(2)
    expect([admission.take('a'), admission.take('b'), admission.take('c')]).toEqual([
      true,
      true,
      false,
    ])
    expect(admission.load()).toBe(1)
  })

  it('counts a job once when it runs, and not when it has ended', () => {
    const { admission, running } = createWorker(2)
    admission.take('a')
    running.push('a')
    expect(admission.load()).toBe(0.5)
    running.pop()
    expect(admission.load()).toBe(0)
  })

  it('forgets a job that never came', () => {
    const { admission, at } = createWorker(1)
    admission.take('a')
    at(10_001)
    expect(admission.take('b')).toBe(true)
  })
})
