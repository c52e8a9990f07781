import type { CallEvent } from '@trunkline/contracts'
import { createLogger } from '@trunkline/telemetry'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createCallEnding } from './call-ending.ts'

function create({ isConnected }: { isConnected: boolean }) {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const seen: string[] = []
  const ending = createCallEnding({
    journal: {
      record: { state: 'active', room: 'call_1' } as never,
      emit: ({ type }: CallEvent) => {
        seen.push(type)
        return true
      },
      stored: () => undefined,
    } as never,
    rooms: { delete: async () => void seen.push('room deleted') },
    logger: createLogger('test', { level: 'silent' }),
    now: () => 1,
    sendHangup: () => seen.push('hangup sent'),
    onEnded: (reason) => seen.push(reason),
    isConnected: () => isConnected,
  })
  return { ending, seen }
}

it('waits for what was said to be played out', async () => {
  const { ending, seen } = create({ isConnected: true })
  ending.hangUp('operator-hangup')
  await vi.advanceTimersByTimeAsync(30_000)
  expect(seen).toEqual(['call-ending', 'action', 'hangup sent'])
  ending.takeResult({ actionId: 'hangup', ok: true })
  await vi.advanceTimersByTimeAsync(0)
  expect(seen.slice(3)).toEqual(['room deleted', 'call-ended', 'operator-hangup'])
})

it('does not leave a caller in silence for an agent that is not there', async () => {
  const { ending, seen } = create({ isConnected: false })
  ending.hangUp('operator-hangup')
  await vi.advanceTimersByTimeAsync(2000)
  expect(seen.slice(3)).toEqual(['room deleted', 'call-ended', 'operator-hangup'])
})
