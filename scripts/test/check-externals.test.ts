import { once } from 'node:events'
import { createServer } from 'node:http'
import { needs, startRedis } from '@trunkline/testkit'
import { describe, expect, it } from 'vitest'
import { checkExternals } from '../settings/check-externals.ts'
import { freePort } from './free-port.ts'

describe('checkExternals', () => {
  it('says of every part that is not there which variable names it and why it cannot be used', async () => {
    const port = await freePort()
    const faults = await checkExternals({
      riva: { address: `127.0.0.1:${port}`, tls: false },
      llm: { url: `http://127.0.0.1:${port}/v1` },
      redis: { url: `redis://user:secret@127.0.0.1:${port}/1` },
      database: { url: `postgres://user:secret@127.0.0.1:${port}/trunkline` },
      livekit: { url: `ws://127.0.0.1:${port}`, apiKey: 'k', apiSecret: 's' },
    })
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'RIVA_URI',
      'LLM_SERVICE_URL',
      'REDIS_URL',
      'DATABASE_URL',
      'LIVEKIT_URL',
    ])
    for (const fault of faults) expect(fault).toMatch(/cannot be used: .*ECONNREFUSED/)
    expect(faults.join()).not.toContain('secret')
  })

  it("asks a model's server with the key, and says when it is refused", async () => {
    const server = createServer((request, response) => {
      response.writeHead(request.headers.authorization === 'Bearer right' ? 200 : 401).end('{}')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = address && typeof address !== 'string' ? address.port : 0
    const check = (apiKey: string) =>
      checkExternals({ llm: { url: `http://127.0.0.1:${port}/v1`, apiKey } })
    expect(await check('right')).toEqual([])
    expect(await check('wrong')).toEqual([expect.stringContaining('refuses LLM_API_KEY')])
    server.close()
  })

  it('finds a redis that is there', needs(['redis']), async () => {
    const redis = await startRedis()
    expect(await checkExternals({ redis: { url: `${redis.url}/1` } })).toEqual([])
    await redis.stop()
  })
})
