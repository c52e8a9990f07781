import { describe, expect, it } from 'vitest'
import { sendKeys, toKeyCode } from './send-keys.ts'

describe('sendKeys', () => {
  it.each([
    ['0', 0],
    ['9', 9],
    ['*', 10],
    ['#', 11],
    ['A', 12],
    ['d', 15],
  ])('knows the code of %s', (key, code) => {
    expect(toKeyCode(key)).toBe(code)
  })

  it('leaves each key its half second, and a comma two', async () => {
    const { signal } = new AbortController()
    const done: string[] = []
    await sendKeys('1,#', {
      signal,
      async publish(code, key) {
        done.push(`${key} is ${code}`)
      },
      async wait(ms) {
        done.push(`${ms} ms`)
      },
    })
    expect(done).toEqual(['1 is 1', '500 ms', '2000 ms', '# is 11', '500 ms'])
  })

  it('stops where it is when the call ends', async () => {
    const over = new AbortController()
    const pressed: string[] = []
    const sending = sendKeys('12', {
      signal: over.signal,
      async publish(_code, key) {
        pressed.push(key)
        over.abort()
      },
    })
    await expect(sending).rejects.toThrow()
    expect(pressed).toEqual(['1'])
  })
})
