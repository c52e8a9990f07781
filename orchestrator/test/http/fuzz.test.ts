import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createLogger } from '@trunkline/telemetry'
import { needs, openAgentSocket, startRedis } from '@trunkline/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { endpoints } from '../../src/http/endpoints.ts'
import { hello, joinCall, newJob, turn } from '../support/agent.ts'
import { readEvents } from '../support/events.ts'
import { agentToken, eventsToken, operatorToken, startTestService } from '../support/service.ts'
import { createRandom, mutate } from './mutations.ts'

const runs = Number(process.env['RUNS'] || 3000)
const seed = Number(process.env['SEED'] || Date.now() % 1_000_000)
const marker = 'zq9-marker-'
const batchSize = 25
const tokens = { agent: agentToken, operator: operatorToken, events: eventsToken }

setFlagsFromString('--expose-gc')
const collect: unknown = runInNewContext('gc')

function heapBytes(): number {
  if (typeof collect === 'function') collect()
  return process.memoryUsage().heapUsed
}

describe('malformed input', needs(['redis']), () => {
  it(
    `never is a 500, never stays in memory and never gets into the log (seed ${seed}, ${runs} runs)`,
    async () => {
      const redis = await startRedis()
      onTestFinished(() => redis.stop())
      const log: string[] = []
      const leaked: string[] = []
      const keepLine = (line: string) => {
        if (line.includes(marker)) leaked.push(line)
        if (log.length < 100) log.push(line)
      }
      const logger = createLogger('orchestrator', { level: 'debug', write: keepLine })
      const big = '1000000000'
      const service = await startTestService({
        redisUrl: redis.url,
        env: { RATE_LIMIT_PER_TOKEN: big, RATE_LIMIT_PER_ADDRESS: big },
        overrides: { logger },
      })
      const random = createRandom(seed)
      const { agent, callId } = await joinCall(service.url)
      const bodies = Object.values(endpoints)
        .flat()
        .filter(({ method, path }) => method === 'POST' && !/^\/v1\/(webhooks|erasures)/.test(path))
      const statuses = new Map<number, number>()

      const sendBody = async () => {
        const endpoint = bodies[Math.floor(random(bodies.length))]
        if (!endpoint) return
        const { role, path } = endpoint
        const token = role in tokens ? tokens[role as keyof typeof tokens] : undefined
        const valid = {
          ...Object(endpoint.example?.body ?? { event: 'room_finished', id: 'EV_1' }),
        }
        const target = random(4) < 1 ? `${marker}${Math.floor(random(9))}` : callId
        const query = random(5) < 1 ? `?${marker}=%zz&limit=${marker}` : ''
        const response = await fetch(`${service.url}${path.replace(/:\w+/, target)}${query}`, {
          method: 'POST',
          headers: {
            'content-type': random(10) < 1 ? 'text/plain' : 'application/json',
            ...(token && { authorization: `Bearer ${token}` }),
            ...(random(10) < 1 && { 'idempotency-key': `${marker}${'k'.repeat(random(300))}` }),
          },
          body: mutate(valid, random, marker),
        })
        const text = await response.text()
        statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
        if (response.status >= 400) {
          expect(text, `seed ${seed}, ${path}`).not.toContain(marker)
        }
      }
      const frames = [turn('turn-1', 'hello'), hello(newJob()), { type: 'ack', upTo: 3 }]
      const toFrame = (seq: number) =>
        mutate({ ...frames[Math.floor(random(frames.length))], seq, at: 1 }, random, marker)
      /** A socket of its own: what comes before `hello` closes it. */
      const sendEarlyFrame = async () => {
        const socket = await openAgentSocket({
          ...{ url: service.url, token: agentToken, onMessage: () => {} },
        })
        socket.sendRaw(random(5) < 1 ? Buffer.from(toFrame(1)) : toFrame(1))
        socket.close()
        await socket.closed
      }
      /** An open channel outlives them; after a hundred it is closed, so each has fewer. */
      const sendFrames = async () => {
        const call = await joinCall(service.url)
        for (let count = 0; count < batchSize; count += 1) call.agent.sendRaw(toFrame(1000 + count))
        call.agent.sendRaw(JSON.stringify({ type: 'dtmf', digit: '5', seq: 2000, at: 1 }))
        await readEvents(service.url, call.callId, { until: ({ type }) => type === 'dtmf' })
        call.agent.sendRaw(
          JSON.stringify({ type: 'call-ended', reason: 'error', seq: 2001, at: 1 }),
        )
        await call.agent.close()
      }

      let baseBytes = 0
      for (let done = 0; done < runs; done += batchSize * 3) {
        await Promise.all(Array.from({ length: batchSize }, sendBody))
        await Promise.all(Array.from({ length: batchSize }, sendEarlyFrame))
        await sendFrames()
        if (baseBytes === 0 && done >= runs / 3) baseBytes = heapBytes()
      }

      // 501: what agents cannot do; 503: a full queue, or a call whose channel is gone. Both say so.
      const unwanted = [...statuses.keys()].filter(
        (status) => status >= 500 && status !== 501 && status !== 503,
      )
      expect(unwanted, `seed ${seed}; ${log.join('').slice(0, 2000)}`).toEqual([])
      expect(statuses.get(400)).toBeGreaterThan(0)
      expect(leaked, `seed ${seed}`).toEqual([])
      expect((await service.get('/healthz')).status).toBe(200)
      // Of each call this keeps its key in the last seconds, and the test what it received.
      expect((heapBytes() - baseBytes) / runs).toBeLessThan(2000)
      await agent.close()
    },
    Math.max(60_000, runs * 20),
  )
})
