import {
  createSimulatedAgent,
  needs,
  type SimulatedAgent,
  startRedis,
  startTcpProxy,
  type TestRedis,
} from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { newJob } from './support/agent.ts'
import { agentToken, startTestService } from './support/service.ts'

const toBackend = ({ url }: { readonly url: string }) => ({ port: Number(new URL(url).port) })
/** What our dispatcher tells the job that is to replace one of this epoch. */
const replacing = (epoch: number) => JSON.stringify({ epoch, resume: true })
const again = JSON.stringify({ again: true })

describe('jobs that come late', needs(['redis']), () => {
  let redis: TestRedis
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis?.stop())

  const start = () => startTestService({ redisUrl: redis.url })
  /** Jobs of one room, one for each call of it. */
  function dispatching(service: { readonly url: string }) {
    const room = newJob()
    let jobs = 0
    return (metadata: string, { url } = service): SimulatedAgent => {
      jobs += 1
      const job = { ...room, metadata, jobId: `${room.jobId}-${jobs}` }
      const agent = createSimulatedAgent({ url, token: agentToken, job })
      onTestFinished(() => agent.close())
      return agent
    }
  }
  /** Shows which job has the call: the one whose turns are answered. */
  async function expectAnswer(agent: SimulatedAgent) {
    const turnId = agent.turn('are you there?')
    await agent.until(() => agent.isFinished(turnId))
    expect(agent.played.at(-1)).toMatchObject({ turnId })
  }

  it('have the call when nobody else came, and the newer dispatch is told to leave', async () => {
    const service = await start()
    const dispatch = dispatching(service)
    const first = dispatch('')
    await first.welcome
    first.kill()
    // Sent three times, and the one that was sent first is heard of first, after all.
    const older = dispatch(replacing(1))
    expect(await older.welcome).toMatchObject({ epoch: 2 })
    const newer = dispatch(replacing(1))
    expect(await newer.ended).toBe('fenced')
    await expectAnswer(older)
    expect(service.deleted).toEqual([])
  })

  it('have it as well when the job that had come before them has died', async () => {
    const dispatch = dispatching(await start())
    const first = dispatch('')
    await first.welcome
    first.kill()
    const second = dispatch(replacing(1))
    await second.welcome
    second.kill()
    const late = dispatch(replacing(1))
    expect(await late.welcome).toMatchObject({ epoch: 3 })
    await expectAnswer(late)
  })

  it('leave when the job they were to replace is back', async () => {
    const dispatch = dispatching(await start())
    const first = dispatch('')
    await first.welcome
    first.drop()
    await first.until(() => first.connections === 2)
    const late = dispatch(replacing(1))
    expect(await late.ended).toBe('fenced')
    await expectAnswer(first)
  })

  it('leave as well when it is back at another orchestrator, wherever they ask', async () => {
    const here = await start()
    const there = await start()
    const proxy = await startTcpProxy([toBackend(here)])
    onTestFinished(() => proxy.close())
    const dispatch = dispatching(here)
    const first = dispatch('', { url: `http://127.0.0.1:${proxy.port}` })
    await first.welcome
    proxy.setBackends([toBackend(there)])
    first.drop()
    await first.until(() => first.connections === 2)
    await expectAnswer(first)
    expect(await dispatch(replacing(1), here).ended).toBe('fenced')
    expect(await dispatch(replacing(1), there).ended).toBe('fenced')
    await expectAnswer(first)
  })

  it.each([
    ['the repeated dispatch', '', again],
    ['the very first dispatch', again, ''],
  ])('leave when they are %s and the other one has the call', async (_which, early, late) => {
    const dispatch = dispatching(await start())
    const first = dispatch(early)
    await first.welcome
    expect(await dispatch(late).ended).toBe('fenced')
    await expectAnswer(first)
  })
})
