import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@trunkline/telemetry'
import { needs, startRedis } from '@trunkline/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '../../src/database/database.ts'
import type { Endpoint } from '../../src/http/endpoint.ts'
import { endpoints } from '../../src/http/endpoints.ts'
import { joinCall } from '../support/agent.ts'
import { readEvents } from '../support/events.ts'
import { exactly } from '../support/exactly.ts'
import { agentToken, eventsToken, operatorToken, startTestService } from '../support/service.ts'

const tokens = { agent: agentToken, operator: operatorToken, events: eventsToken }
const all: readonly Endpoint[] = Object.values(endpoints).flat()

describe('the examples of docs/orchestrator-api.md', needs(['redis']), () => {
  it('are answered as they say, one after the other, by a service with a call under way', async () => {
    const redis = await startRedis()
    onTestFinished(() => redis.stop())
    const dataDir = mkdtempSync(join(tmpdir(), 'examples-'))
    const logger = createLogger('orchestrator', { level: 'silent' })
    const database = await openDatabase({ dataDir, logger })
    onTestFinished(async () => {
      await database.close()
      rmSync(dataDir, { recursive: true })
    })
    const registered = new Set<string>()
    const service = await startTestService({
      redisUrl: redis.url,
      database,
      env: { DATA_DIR: dataDir },
      overrides: {
        onRoute: ({ method, url }) => {
          for (const one of [method].flat()) registered.add(`${one} ${url}`)
        },
      },
    })
    const { agent, callId } = await joinCall(service.url)
    agent.send({ type: 'call-status', status: 'active' })
    await readEvents(service.url, callId, { until: ({ type }) => type === 'call-active' })

    for (const { method, path, role, example, answer } of all) {
      expect(registered, path).toContain(`${method} ${path}`)
      if (!example) continue
      const token = role === 'anyone' || role === 'livekit' ? undefined : tokens[role]
      const follow = new AbortController()
      const body =
        example.body === undefined
          ? undefined
          : JSON.stringify(example.body).replaceAll('{id}', callId)
      const response = await fetch(`${service.url}${example.path.replace('{id}', callId)}`, {
        ...{ method, signal: follow.signal },
        headers: {
          ...(token && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...example.headers,
        },
        ...(body !== undefined && { body }),
      })
      expect(response.status, `${method} ${path}`).toBe(example.status)
      const isOk = response.status < 300
      if (answer && isOk) exactly(answer, await response.json())
      follow.abort() // the stream of events goes on for as long as the call
    }
    await agent.close()
  })
})
