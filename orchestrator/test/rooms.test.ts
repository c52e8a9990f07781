import { once } from 'node:events'
import { createServer } from 'node:http'
import { inspect } from 'node:util'
import { createLogger } from '@trunkline/telemetry'
import { needs, startRedis } from '@trunkline/testkit'
import { Redis } from 'ioredis'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createRooms } from '../src/livekit/rooms.ts'
import { livekitKey, livekitSecret } from './support/service.ts'

describe('rooms', needs(['redis']), () => {
  it('keeps the dialled number out of its log when Redis refuses to forget a room', async () => {
    const redis = await startRedis()
    onTestFinished(() => redis.stop())
    const admin = new Redis(redis.url)
    await admin.replicaof('127.0.0.1', 1) // now it refuses to write
    admin.disconnect()
    const livekit = createServer((_request, response) => {
      response.setHeader('content-type', 'application/json').end('{}')
    })
    livekit.listen(0, '127.0.0.1')
    await once(livekit, 'listening')
    onTestFinished(() => void livekit.close())
    const address = livekit.address()
    if (!address || typeof address === 'string') throw new Error('no port')
    const lines: string[] = []
    const logger = Object.assign(createLogger('test', { level: 'silent' }), {
      warn: (...said: unknown[]) => void lines.push(inspect(said, { depth: 10 })),
    })
    const rooms = createRooms({
      url: `ws://127.0.0.1:${address.port}`,
      apiKey: livekitKey,
      apiSecret: livekitSecret,
      redisUrl: redis.url,
      logger,
    })
    await rooms.delete('call_+4940123456_abc')
    rooms.close()
    expect(lines.join('')).toContain('stays behind')
    expect(lines.join('')).not.toContain('4940123456')
  })
})
