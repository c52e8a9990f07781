import type { Stack } from '@trunkline/contracts'
import { needs } from '@trunkline/testkit'
import { Redis } from 'ioredis'
import { RoomServiceClient } from 'livekit-server-sdk'
import { describe, expect, it } from 'vitest'
import { placeCall } from '../scripts/call/place-call.ts'
import { agentProcesses } from './agent-processes.ts'
import { readCall } from './calls-api.ts'
import { readRunningStack } from './running-stack.ts'
import { readMetrics } from './scrape.ts'
import { until } from './until.ts'

/** What livekit-server keeps for itself, call or no call. */
const livekitKeys = ['livekit_version', 'nodes', 'sip_dispatch_rule', 'sip_inbound_trunk']

describe('a caller who says goodbye', needs(['redis', 'livekit-server', 'sip']), () => {
  it('is rung off by the agent, and nothing of the call is left', async () => {
    const { stack } = readRunningStack()
    const { livekit, urls } = stack
    const waiting = await until('the worker is idle', () => idleProcess(stack))
    const report = await placeCall(stack, {
      steps: [{ kind: 'say', text: 'Thank you very much. Goodbye.' }],
    })
    expect(report.failure).toBeUndefined()
    expect(report.end).toMatchObject({ by: 'remote', code: 'hangup' })
    expect(report.endReason).toBe('agent-goodbye')
    const call = await readCall(stack, report.callId)
    expect(call).toMatchObject({ state: 'ended', endReason: 'agent-goodbye' })
    // The goodbye was played to its end before.
    const farewell = call.turns.at(-1)
    expect(farewell).toMatchObject({ interrupted: false, heard: farewell?.reply })

    const rooms = new RoomServiceClient(
      livekit.url.replace(/^ws/, 'http'),
      livekit.apiKey,
      livekit.apiSecret,
    )
    await until(
      'no room is left',
      async () => (await rooms.listRooms()).every(({ name }) => name !== call.room) || undefined,
    )
    await until(
      'no job is left',
      async () =>
        (await readMetrics(urls.agentMetrics)).value('agent_active_jobs') === 0 || undefined,
    )
    const next = await until('no process of a job is left', () => idleProcess(stack))
    expect(next, 'the process that waited had the call').not.toBe(waiting)
    expect(await keysWithoutTtl(urls.redis)).toEqual([])
    const own = new URL(urls.redis)
    own.pathname = ''
    await until(
      'livekit-server has nothing of the call',
      async () =>
        (await keysWithoutTtl(own.href)).every((key) => livekitKeys.includes(key)) || undefined,
    )
  })
})

/** The one process that waits for the next call, when there is no other (AGENT_IDLE_PROCESSES is 1). */
async function idleProcess(stack: Stack): Promise<number | undefined> {
  const metrics = await readMetrics(stack.urls.agentMetrics)
  const [first, ...others] = agentProcesses(stack)
  return metrics.value('agent_active_jobs') === 0 && others.length === 0 ? first : undefined
}

async function keysWithoutTtl(url: string): Promise<string[]> {
  const redis = new Redis(url)
  try {
    const keys = await redis.keys('*')
    const ttls = await Promise.all(keys.map((key) => redis.ttl(key)))
    return keys.filter((_key, index) => ttls[index] === -1).sort()
  } finally {
    redis.disconnect()
  }
}
