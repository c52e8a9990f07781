import { join } from 'node:path'
import type { Stack } from '@trunkline/contracts'
import { needs } from '@trunkline/testkit'
import { RoomServiceClient } from 'livekit-server-sdk'
import { describe, expect, it } from 'vitest'
import { findFreePort, runProgram } from '../packages/telephony/test/programs.ts'
import { listCalls } from './calls-api.ts'
import { sippNumber } from './numbers.ts'
import { readRunningStack } from './running-stack.ts'
import { readMetrics } from './scrape.ts'
import { until } from './until.ts'

/** Ends SIPp itself when the other side goes silent. */
const timeout = '40s'

/** Plays a scenario once against the stack's telephone line. `pauseMs` is what its pauses last. */
async function runScenario({ sip }: Stack, name: string, { pauseMs }: { pauseMs: number }) {
  if (!sip) throw new Error('the stack has no telephone line')
  const [port, media] = await Promise.all([findFreePort(), findFreePort()])
  const program = runProgram('sipp', [
    ...['-sf', join(import.meta.dirname, 'sipp', `${name}.xml`)],
    ...['-key', 'number', sip.number, '-key', 'caller', sippNumber],
    ...['-au', sip.username, '-ap', sip.password, '-d', `${pauseMs}`],
    ...['-i', '127.0.0.1', '-p', `${port}`, '-mi', '127.0.0.1', '-mp', `${media & ~1}`],
    ...['-m', '1', '-timeout', timeout, '-timeout_error', '-nostdin'],
    `${sip.host}:${sip.port}`,
  ])
  const code = await program.ended
  if (code !== 0) throw new Error(`sipp ended with ${code}:\n${program.output()}`)
}

/** The call that came with the scenario, once it is over and nothing of it is left. */
async function untilOver(stack: Stack, before: readonly { id: string }[]) {
  const known = new Set(before.map(({ id }) => id))
  const call = await until('the call is over', async () => {
    const [newest] = await listCalls(stack)
    const isOver = newest?.state === 'ended' || newest?.state === 'failed'
    return newest && isOver && !known.has(newest.id) ? newest : undefined
  })
  const { url, apiKey, apiSecret } = stack.livekit
  const rooms = new RoomServiceClient(url.replace(/^ws/, 'http'), apiKey, apiSecret)
  await until('no room is left', async () =>
    (await rooms.listRooms()).every(({ name }) => name !== call.room) ? true : undefined,
  )
  await until('no job is left', async () =>
    (await readMetrics(stack.urls.agentMetrics)).value('agent_active_jobs') === 0
      ? true
      : undefined,
  )
  return call
}

describe('calls that SIPp makes', needs(['redis', 'livekit-server', 'sip', 'sipp']), () => {
  // The agent's track, which answers the call, comes some 450 ms after the first ring.
  it.each([0, 100, 200, 300])(
    'gives up a call that is cancelled %d ms after the first ring',
    async (pauseMs) => {
      const { stack } = readRunningStack()
      const before = await listCalls(stack)
      await runScenario(stack, 'cancel-ringing', { pauseMs })
      expect(await untilOver(stack, before)).toMatchObject({ endReason: 'caller-abandoned' })
    },
  )

  it('ends a call whose answer is never acknowledged and from which no media comes', async () => {
    const { stack } = readRunningStack()
    const before = await listCalls(stack)
    await runScenario(stack, 'lost-ack', { pauseMs: 0 })
    expect(await untilOver(stack, before)).toMatchObject({ endReason: 'network-lost' })
  })

  it('goes on through a hold and its end by re-INVITE', async () => {
    const { stack } = readRunningStack()
    const before = await listCalls(stack)
    await runScenario(stack, 'hold', { pauseMs: 1500 })
    expect(await untilOver(stack, before)).toMatchObject({
      state: 'ended',
      endReason: 'caller-hangup',
    })
  })
})
