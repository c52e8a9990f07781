import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { needs } from '../src/needs.ts'
import { startRedis } from '../src/redis.ts'

describe('startRedis', needs(['redis']), () => {
  it('answers at its url, and is gone after stop', async () => {
    const redis = await startRedis()
    const ask = () =>
      new Promise<string>((resolve) => {
        const socket = connect(redis.port, '127.0.0.1', () => socket.write('PING\r\n'))
        socket.on('data', (data) => {
          socket.destroy()
          resolve(String(data).trim())
        })
        socket.on('error', () => resolve('refused'))
      })
    expect(redis.url).toBe(`redis://127.0.0.1:${redis.port}`)
    expect(await ask()).toBe('+PONG')
    await redis.stop()
    expect(await ask()).toBe('refused')
  })
})
