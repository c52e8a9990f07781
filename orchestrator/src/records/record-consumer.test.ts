import { setImmediate as nextTick } from 'node:timers/promises'
import { createLogger } from '@trunkline/telemetry'
import { describe, expect, it } from 'vitest'
import { startRecordConsumer } from './record-consumer.ts'
import type { RecordStream } from './record-stream.ts'

describe('startRecordConsumer', () => {
  it('asks a stream for nothing before its connection is there', async () => {
    const asked: string[] = []
    let connect = () => {}
    const connected = new Promise<void>((resolve) => {
      connect = resolve
    })
    const ask = async (what: string) => {
      asked.push(what)
      await nextTick()
      return []
    }
    const stream: RecordStream = {
      claimStale: () => ask('claim'),
      readNew: () => ask('read'),
      acknowledge: async () => {},
      bury: async () => {},
      leave: async () => void asked.push('leave'),
      waiting: async () => 0,
    }
    const consumer = startRecordConsumer({
      ...{ stream, becomeReady: () => connected, write: async () => {}, batchSize: 1 },
      ...{ logger: createLogger('test', { level: 'silent' }), onBuried() {}, onWaiting() {} },
    })
    await nextTick()
    expect(asked).toEqual([])
    connect()
    await expect.poll(() => asked).toContain('read')
    await consumer.close()
    expect([asked[0], asked.at(-1)]).toEqual(['claim', 'leave'])
  })
})
