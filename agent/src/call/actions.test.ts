import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Outgoing } from '../channel/outgoing.ts'
import { createComfort } from '../speaking/comfort.ts'
import { createActions } from './actions.ts'

/** A call whose comfort tone is written down frame by frame. */
function start() {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const sent: Outgoing[] = []
  const tone: Int16Array[] = []
  const comfort = createComfort({
    publish: async () => ({
      async write(samples) {
        tone.push(samples)
        await new Promise((resolve) => setTimeout(resolve, 20))
      },
      async playedOut() {},
      async close() {},
    }),
    onError: (error) => {
      throw error
    },
  })
  const actions = createActions({
    speaker: { mute() {}, unmute() {} },
    talk: { conversation: undefined, turnFinished: () => comfort.turnFinished() },
    control: { perform: async () => true },
    playedOut: async () => {},
    onHangUp() {},
    onBridged() {},
    send: (message) => void sent.push(message),
  })
  return { actions, comfort, sent, tone }
}

describe('createActions', () => {
  it.each(['mute', 'hold'] as const)('ends the comfort tone within 100 ms on %s', async (kind) => {
    const { actions, comfort, sent, tone } = start()
    comfort.noteSent({
      ...{ type: 'turn', turnId: 'turn-1', text: 'Is there a room?', language: 'en' },
      ...{ confidence: 1, source: 'speech', endOfTurn: { reason: 'model' } },
    })
    await vi.advanceTimersByTimeAsync(1500)
    expect(tone.length).toBeGreaterThan(10)
    await actions.take({ actionId: 'action-1', action: { kind } })
    await vi.advanceTimersByTimeAsync(100)
    const { length } = tone
    expect(tone.at(-1)?.at(-1)).toBe(0)
    await vi.advanceTimersByTimeAsync(3000)
    expect(tone).toHaveLength(length)
    expect(sent).toEqual([{ type: 'action-result', actionId: 'action-1', ok: true }])
  })
})
