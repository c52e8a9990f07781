import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Outgoing } from '../channel/outgoing.ts'
import { createComfort } from './comfort.ts'

const turn = {
  ...{ type: 'turn', turnId: 'turn-1', text: 'Is there a room?', language: 'en', confidence: 1 },
  ...{ source: 'speech', endOfTurn: { reason: 'model' } },
} as const satisfies Outgoing

/** A room that takes a frame every 20 ms of the test's own time. */
function start() {
  const frames: Int16Array[] = []
  let closed = 0
  const comfort = createComfort({
    publish: async () => ({
      async write(samples) {
        frames.push(samples)
        await new Promise((resolve) => setTimeout(resolve, 20))
      },
      playedOut: async () => {},
      async close() {
        closed += 1
      },
    }),
    onError: (error) => {
      throw error
    },
  })
  return { comfort, frames, closed: () => closed }
}
const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('createComfort', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('plays when a reply takes long, and stops within two frames when it comes', async () => {
    const { comfort, frames } = start()
    comfort.noteSent(turn)
    await wait(880)
    expect(frames).toHaveLength(0)
    await wait(1020)
    expect(frames.length).toBeGreaterThan(40)
    comfort.ownVoice(true)
    const before = frames.length
    await wait(500)
    expect(frames.length - before).toBeLessThanOrEqual(3)
    expect(frames.at(-1)?.at(-1)).toBe(0)
  })

  it('plays again after a filler, while the reply is still under way', async () => {
    const { comfort, frames } = start()
    comfort.noteSent(turn)
    comfort.ownVoice(true)
    await wait(3000)
    expect(frames).toHaveLength(0)
    comfort.ownVoice(false)
    await wait(2000)
    expect(frames.length).toBeGreaterThan(40)
    comfort.turnFinished()
    const before = frames.length
    await wait(2000)
    expect(frames.length - before).toBeLessThanOrEqual(3)
  })

  it.each<[string, Outgoing]>([
    ['speaks', { type: 'speech-start' }],
    ['interrupts', { type: 'cancel', turnId: 'turn-1' }],
  ])('stops when the caller %s', async (_what, message) => {
    const { comfort, frames } = start()
    comfort.noteSent(turn)
    await wait(1500)
    comfort.noteSent(message)
    const before = frames.length
    await wait(3000)
    expect(frames.length - before).toBeLessThanOrEqual(3)
  })

  it('does not play for a turn that may go on, and does once that is confirmed', async () => {
    const { comfort, frames } = start()
    comfort.noteSent({ ...turn, speculative: true })
    await wait(3000)
    expect(frames).toHaveLength(0)
    comfort.noteSent({ type: 'turn-confirm', turnId: 'turn-1' })
    await wait(1500)
    expect(frames.length).toBeGreaterThan(10)
  })

  it('takes its track out of the room at the end, and sounds no more', async () => {
    const { comfort, frames, closed } = start()
    comfort.noteSent(turn)
    await wait(1500)
    const closing = comfort.close()
    await wait(200)
    await closing
    expect(closed()).toBe(1)
    const before = frames.length
    comfort.noteSent(turn)
    await wait(3000)
    expect(frames).toHaveLength(before)
  })
})
