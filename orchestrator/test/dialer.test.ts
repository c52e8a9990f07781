import { createLogger } from '@trunkline/telemetry'
import { startFakeLiveKit } from '@trunkline/testkit'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createDialer } from '../src/outbound/dialer.ts'
import { testLine } from './support/test-line.ts'

it('does not hang up on a callee whose answer could not be noted', async () => {
  const [apiKey, apiSecret] = ['key', 'a secret of thirty-two characters']
  const livekit = await startFakeLiveKit({ apiKey, apiSecret })
  onTestFinished(() => livekit.close())
  const settled: string[] = []
  const dialer = createDialer({
    livekit: { url: livekit.url, apiKey, apiSecret, agentName: 'trunkline' },
    sip: { dial: async () => {} },
    trunkId: 'ST_carrier',
    lineOf: () => testLine,
    results: {
      begin: async () => {},
      async settle(_room, result) {
        settled.push(result)
        if (result === 'answered') throw new Error('Redis is slow')
      },
      failureOf: async () => undefined,
      messageOf: async () => undefined,
    },
    closeUnanswered: async () => void settled.push('closed'),
    logger: createLogger('test', { level: 'silent' }),
  })
  await dialer.dial({ line: testLine.id, to: '+493023125001', ringSeconds: 30 })
  await vi.waitFor(() => expect(settled).not.toEqual([]))
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(settled).toEqual(['answered'])
  expect(livekit.asked.get('RoomService/DeleteRoom')).toBeUndefined()
})
