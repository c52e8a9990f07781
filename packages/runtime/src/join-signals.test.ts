import { getEventListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { joinSignals, withSignals } from './join-signals.ts'

describe('joinSignals', () => {
  it('aborts with the first source and its reason, and listens to none after', () => {
    const first = new AbortController()
    const second = new AbortController()
    const { signal } = joinSignals([first.signal, undefined, second.signal])
    second.abort('left')
    first.abort('late')
    expect(signal.reason).toBe('left')
    expect(getEventListeners(first.signal, 'abort')).toHaveLength(0)
  })

  it('is aborted from the start when a source is', () => {
    const living = new AbortController()
    const { signal } = joinSignals([living.signal, AbortSignal.abort('gone')])
    expect(signal.reason).toBe('gone')
    expect(getEventListeners(living.signal, 'abort')).toHaveLength(0)
  })

  it('aborts with a TimeoutError when the time is over', async () => {
    const { signal } = joinSignals([], { timeoutMs: 1 })
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    expect(signal.reason).toMatchObject({ name: 'TimeoutError' })
  })

  it('lets go of a source that outlives it', async () => {
    const service = new AbortController()
    await withSignals([service.signal], {}, async (signal) => {
      expect(getEventListeners(service.signal, 'abort')).toHaveLength(1)
      return signal.aborted
    })
    expect(getEventListeners(service.signal, 'abort')).toHaveLength(0)
  })

  it('is collected after an abort although a library has left a listener on it', async () => {
    const refs = Array.from({ length: 50 }, () => {
      const left = new AbortController()
      const { signal } = joinSignals([left.signal], { timeoutMs: 60_000 })
      signal.addEventListener('abort', () => {})
      left.abort()
      return new WeakRef(signal)
    })
    await collectGarbage()
    // The newest may still lie on the stack.
    expect(refs.filter((ref) => ref.deref() !== undefined).length).toBeLessThanOrEqual(2)
  })
})

async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect !== 'function') throw new Error('this Node has no gc')
  for (let round = 0; round < 4; round += 1) {
    await sleep(5)
    collect()
  }
}
