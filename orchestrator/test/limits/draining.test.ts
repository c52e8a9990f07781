import { callList } from '@trunkline/contracts'
import { needs, startRedis, startTcpProxy } from '@trunkline/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { connectAgent, hello, joinCall, newJob } from '../support/agent.ts'
import { startTestService } from '../support/service.ts'
import { testLine } from '../support/test-line.ts'

describe('an orchestrator that stops', needs(['redis']), () => {
  it('refuses nobody: it sends a new call’s agent to the next one, which greets the caller', async () => {
    const redis = await startRedis()
    onTestFinished(() => redis.stop())
    const wire = await startTcpProxy([{ port: redis.port }])
    onTestFinished(() => wire.close())
    const first = await startTestService({ redisUrl: `redis://127.0.0.1:${wire.port}` })
    const held = await joinCall(first.url)
    const job = newJob()
    const knocking = await connectAgent(first.url)

    // A call whose last event Redis has not confirmed keeps the process for a moment.
    wire.setFault({ lost: 'to-client' })
    held.agent.send({ type: 'dtmf', digit: '1' })
    const metrics = async () => (await first.get('/metrics')).text()
    await expect.poll(metrics).toContain('call_events_total{event_type="dtmf"} 1')
    const stopped = first.close()
    knocking.send(hello(job))
    expect(await knocking.next('error')).toMatchObject({ code: 'unavailable', retryable: true })
    expect(await knocking.closed).toBe(1012)
    expect(await held.agent.closed).toBe(1012)
    await stopped

    const next = await startTestService({ redisUrl: redis.url })
    const { agent, callId, welcome } = await joinCall(next.url, job)
    expect(welcome).toMatchObject({ epoch: 1, greeting: { interruptible: true } })
    expect(welcome.greeting.text).toContain(testLine.languages.en?.greeting)
    const { calls } = callList.parse(await (await next.get(`/v1/calls?room=${job.room}`)).json())
    expect(calls).toMatchObject([{ id: callId, state: 'created' }])
    expect(await (await next.get('/metrics')).text()).not.toContain('calls_refused_total{')
    await agent.close()
  })
})
