import { setTimeout as sleep } from 'node:timers/promises'
import type { Stack } from '@trunkline/contracts'
import { epochNow } from '@trunkline/runtime'
import { firstVoicedAt } from '@trunkline/telephony'
import { needs } from '@trunkline/testkit'
import { RoomServiceClient } from 'livekit-server-sdk'
import { describe, expect, it } from 'vitest'
import { agentProcesses } from './agent-processes.ts'
import { type Caller, eventsOf, talkTo } from './caller.ts'
import { readCall } from './calls-api.ts'
import { readRunningStack } from './running-stack.ts'
import { readMetrics } from './scrape.ts'
import { until } from './until.ts'

/** What is still in the jitter buffer and the mixer when a job has died. */
const tailMs = 400

describe('a call whose agent dies', needs(['redis', 'livekit-server', 'sip']), () => {
  it('is spoken to again when the job was killed in mid-sentence, and goes on where it was', async () => {
    const { stack } = readRunningStack()
    const job = await idleProcess(stack)
    let killedAt = 0
    const report = await talkTo(stack, { via: 'sip' }, async (caller) => {
      await nextIsReady(stack, job)
      const asked = caller.say('When is breakfast?')
      await replyBegins(caller)
      killedAt = epochNow()
      process.kill(job, 'SIGKILL')
      const voiceAt = await until('voice is heard again', () =>
        firstVoicedAt(caller.line.recording.received, { from: killedAt + tailMs }),
      )
      console.log(`job killed: voice again after ${Math.round(voiceAt - killedAt)} ms`)
      await asked
      await caller.say('Do you have a garage?')
      expect(caller.line.state.kind).not.toBe('ended')

      // The reply that was cut goes on by itself, each sentence once, and each turn is answered once.
      const says = eventsOf(caller.events, 'say').map(({ turnId, index }) => `${turnId}/${index}`)
      expect(new Set(says).size).toBe(says.length)
      const turns = eventsOf(caller.events, 'turn-received').map(({ turnId }) => turnId)
      expect(turns).toEqual(turns.map((_turn, index) => `turn-${index + 1}`))
      expect(turns.length).toBeGreaterThan(1)
      expect(eventsOf(caller.events, 'call-started')).toHaveLength(1)
      expect(eventsOf(caller.events, 'call-active')).toHaveLength(1)
      const lost = eventsOf(caller.events, 'job-lost')
      expect(lost.length).toBeGreaterThan(0)
      expect(eventsOf(caller.events, 'dispatched')[0]).toMatchObject({
        attempt: 1,
        why: 'job-dead',
      })
      const greetings = eventsOf(caller.events, 'heard').filter(
        ({ turnId }) => turnId === 'greeting',
      )
      expect(greetings).toHaveLength(1)
      const identities = await agentsInRoom(stack, caller)
      expect(identities).not.toContain(`agent-${lost[0]?.jobId}`)
    })
    const call = await readCall(stack, report.callId)
    expect(call).toMatchObject({ state: 'ended', endReason: 'caller-hangup' })
    expect(call.turns[0]).toMatchObject({ state: 'finished' })
  })

  it('hears an apology and is rung off when no worker answers any more', async () => {
    const { stack } = readRunningStack()
    const job = await idleProcess(stack)
    const worker = stack.processes.find(({ name }) => name === 'agent')?.pid ?? 0
    let killedAt = 0
    let end: unknown
    try {
      await talkTo(stack, { via: 'sip' }, async (caller) => {
        await nextIsReady(stack, job)
        killedAt = epochNow()
        // Hung, not ended: a part that ends would end the whole stack of these tests.
        process.kill(worker, 'SIGSTOP')
        for (const pid of agentProcesses(stack)) process.kill(pid, 'SIGKILL')
        await until('the apology is heard', () =>
          firstVoicedAt(caller.line.recording.received, { from: killedAt + tailMs }),
        )
        end = await caller.line.ended
        const dispatches = eventsOf(caller.events, 'dispatched').map(({ why }) => why)
        expect(dispatches).toEqual(['job-dead', 'no-hello', 'no-hello', 'last-words'])
        const endedAt = epochNow()
        console.log(`every worker gone: BYE after ${Math.round(endedAt - killedAt)} ms`)
      })
    } finally {
      process.kill(worker, 'SIGCONT')
    }
    expect(end).toMatchObject({ by: 'remote' })
    await idleProcess(stack) // the next test finds a worker that takes calls
  })
})

/** The one process that waits for the next call. */
function idleProcess(stack: Stack): Promise<number> {
  return until(
    'the worker is idle',
    async () => {
      const metrics = await readMetrics(stack.urls.agentMetrics)
      const [first, ...others] = agentProcesses(stack)
      return metrics.value('agent_active_jobs') === 0 && others.length === 0 ? first : undefined
    },
    { timeoutMs: 60_000 },
  )
}

/** Another process waits beside the one that has the call: forked, and warmed up. */
async function nextIsReady(stack: Stack, job: number): Promise<void> {
  const isReady = () => agentProcesses(stack).some((pid) => pid !== job) || undefined
  await until('another process waits', isReady)
  await sleep(3000) // what it has loaded shows nowhere outside
}

function replyBegins({ events }: Caller): Promise<unknown> {
  return until('the reply is spoken', () =>
    events.find((event) => event.type === 'say-started' && event.turnId !== 'greeting'),
  )
}

async function agentsInRoom(stack: Stack, { events }: Caller): Promise<readonly string[]> {
  const [created] = eventsOf(events, 'call-created')
  const { url, apiKey, apiSecret } = stack.livekit
  const rooms = new RoomServiceClient(url.replace(/^ws/, 'http'), apiKey, apiSecret)
  const participants = await rooms.listParticipants(created?.room ?? '')
  return participants.map(({ identity }) => identity)
}
