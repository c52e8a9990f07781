import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { needs, startNodeService, startPostgres, startRedis } from '@trunkline/testkit'
import { expect, it, onTestFinished } from 'vitest'
import { connectAgent, hello, joinCall, newJob } from '../support/agent.ts'
import { agentToken, livekitKey, livekitSecret, operatorToken } from '../support/service.ts'

const main = join(import.meta.dirname, '../../src/main.ts')
const lines = join(import.meta.dirname, '../../../lines')

/** A model server that knows its models and no more. */
async function startModels(): Promise<string> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ object: 'list', data: [{ id: 'test-model', object: 'model' }] }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `http://127.0.0.1:${address.port}/v1`
}

it('gives a line its slots back when a replica is killed, and keeps those of calls that went on', {
  ...needs(['redis', 'postgres']),
  timeout: 400_000,
}, async () => {
  const redis = await startRedis()
  onTestFinished(() => redis.stop())
  // One database, as replicas have: a PGlite for each takes a busy machine longer than the test may.
  const postgres = await startPostgres()
  onTestFinished(() => postgres.stop())
  const folder = await mkdtemp(join(tmpdir(), 'trunkline-killed-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await cp(lines, join(folder, 'lines'), { recursive: true })
  const llmUrl = await startModels()
  const start = async (name: string) => {
    const service = await startNodeService({
      main,
      portVariable: 'ORCHESTRATOR_PORT',
      env: {
        ...{ LOG_LEVEL: 'silent', REDIS_URL: redis.url, LLM_SERVICE_URL: llmUrl },
        ...{ LLM_MODEL: 'test-model', MAX_CALLS: '2', LINES_DIR: join(folder, 'lines') },
        ...{ DATABASE_URL: postgres.url, DATA_DIR: join(folder, name) },
        ...{ LIVEKIT_URL: 'ws://127.0.0.1:9', LIVEKIT_API_KEY: livekitKey },
        ...{ LIVEKIT_API_SECRET: livekitSecret },
        ...{ AGENT_TOKEN: agentToken, OPERATOR_TOKEN: operatorToken },
      },
    })
    onTestFinished(() => service.kill())
    return service
  }
  const [one, two] = await Promise.all([start('one'), start('two')])
  const isTaken = async () => {
    const { agent, welcome } = await joinCall(two.url)
    await agent.close()
    return welcome.greeting.interruptible
  }
  const going = newJob()
  await joinCall(one.url, going)
  await joinCall(one.url) // its agent dies with the replica
  expect(await isTaken()).toBe(false)

  await one.kill()
  const again = await connectAgent(two.url)
  again.send(hello(going))
  // The lost call's slot is free when it has ended or its lease has run out; the other one's never.
  await expect.poll(isTaken, { timeout: 180_000, interval: 500 }).toBe(true)
  expect(await isTaken()).toBe(false)
})
