import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Queue } from '@livekit/agents'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { watchIdle } from '../src/worker/idle-processes.ts'

function idle() {
  const proc = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'])
  let unlocked = 0
  return {
    entry: {
      proc: { proc },
      unlock: () => {
        unlocked += 1
      },
    },
    get unlocked() {
      return unlocked
    },
    async kill() {
      proc.kill('SIGKILL')
      await once(proc, 'exit')
    },
  }
}

const onWarm = () => {}

describe('watchIdle', () => {
  it('takes a process that exits out of the queue and frees its place, once', async () => {
    const queue = new Queue<ReturnType<typeof idle>['entry']>()
    let exits = 0
    const onExit = () => {
      exits += 1
    }
    watchIdle(queue, { mayReplace: () => true, onWarm, onReplaced: onExit })
    const [first, second] = [idle(), idle()]
    await queue.put(first.entry)
    await queue.put(second.entry)
    await first.kill()
    expect(queue.items).toEqual([second.entry])
    expect([first.unlocked, second.unlocked, exits]).toEqual([1, 0, 1])
    await second.kill()
  })

  it('does not count a process that had got its call', async () => {
    const queue = new Queue<ReturnType<typeof idle>['entry']>()
    watchIdle(queue, { mayReplace: () => true, onWarm, onReplaced: () => expect.unreachable() })
    const one = idle()
    await queue.put(one.entry)
    expect(await queue.get()).toBe(one.entry)
    await one.kill()
    expect(one.unlocked).toBe(0)
  })

  it('frees no place while the worker drains', async () => {
    const queue = new Queue<ReturnType<typeof idle>['entry']>()
    watchIdle(queue, { mayReplace: () => false, onWarm, onReplaced: () => expect.unreachable() })
    const one = idle()
    await queue.put(one.entry)
    await one.kill()
    expect(queue.items).toEqual([])
    expect(one.unlocked).toBe(0)
  })

  it('makes the next one only when a call is answered, unless none is left', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const queue = new Queue<ReturnType<typeof idle>['entry']>()
    watchIdle(queue, { mayReplace: () => true, onWarm, onReplaced: () => {} })
    const [first, second] = [idle(), idle()]
    await queue.put(first.entry)
    await queue.put(second.entry)
    const launched = await queue.get()
    launched.unlock()
    expect(first.unlocked).toBe(0)
    await vi.advanceTimersByTimeAsync(2500)
    expect(first.unlocked).toBe(1)
    const last = await queue.get()
    last.unlock()
    expect(second.unlocked).toBe(1)
    await Promise.all([first.kill(), second.kill()])
  })

  it('takes out a process that was dead when it came', async () => {
    const queue = new Queue<ReturnType<typeof idle>['entry']>()
    watchIdle(queue, { mayReplace: () => true, onWarm, onReplaced: () => {} })
    const one = idle()
    await one.kill()
    await queue.put(one.entry)
    expect(queue.items).toEqual([])
    expect(one.unlocked).toBe(1)
  })
})
