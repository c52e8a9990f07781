import type { CallRecord, Stack } from '@trunkline/contracts'
import { needs } from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listCalls, readCall } from './calls-api.ts'
import { editFile, lineFile } from './hotel-files.ts'
import { callees } from './numbers.ts'
import { act } from './operators.ts'
import { readRunningStack } from './running-stack.ts'
import { findNewCall, runScenario, type ScenarioOptions, untilOver } from './sipp-scenario.ts'
import { until } from './until.ts'

const parts = ['redis', 'livekit-server', 'sip', 'sipp'] as const

describe('calls of SIPp that are handed over', needs([...parts]), () => {
  let stack: Stack
  let restoreLine = async () => {}
  beforeAll(async () => {
    const running = readRunningStack()
    ;({ stack } = running)
    // Somebody whom the line lets ring no longer than the test can wait.
    restoreLine = await editFile(running, lineFile, (line) =>
      line.setIn(['transfer', 'targets', 'desk'], { to: callees.answers, ringSeconds: 5 }),
    )
  })
  afterAll(() => restoreLine())

  /** Has SIPp call, waits for the greeting, and asks for the transfer. */
  const transfer = async (name: string, options: Partial<ScenarioOptions>) => {
    const before = await listCalls(stack)
    const scenario = runScenario(stack, name, { pauseMs: 500, ...options })
    const begin = async () => {
      const { id } = await until('SIPp has called', () => findNewCall(stack, before))
      await untilRecord('the greeting was heard', id, ({ greetingHeard }) => greetingHeard)
      expect(await act(stack, id, { action: 'transfer', to: 'desk' })).toMatchObject({
        status: 202,
      })
      return id
    }
    const id = await Promise.race([begin(), scenario])
    if (id === undefined) throw new Error('SIPp has hung up before it was asked for anything')
    return { id, before, scenario }
  }
  const untilRecord = <T>(what: string, id: string, find: (record: CallRecord) => T | undefined) =>
    until(what, async () => find(await readCall(stack, id)), { timeoutMs: 60_000 })

  it('ends a call as transferred when NOTIFY says 200', async () => {
    const { before, scenario } = await transfer('refer-reported', {
      keys: { '[outcome]': '200 OK' },
    })
    await scenario
    expect(await untilOver(stack, before)).toMatchObject({ endReason: 'transferred' })
  })

  it.each<[string, string, Partial<ScenarioOptions>, RegExp]>([
    ['NOTIFY says 486', 'refer-reported', { keys: { '[outcome]': '486 Busy Here' } }, /is busy/],
    [
      'NOTIFY says 603',
      'refer-reported',
      { keys: { '[outcome]': '603 Decline' } },
      /nobody can take/,
    ],
    ['NOTIFY says 480', 'refer-reported', { keys: { '[outcome]': '480 Gone' } }, /nobody answers/],
    ['no NOTIFY comes', 'refer-unreported', {}, /could not put you through/],
    [
      'REFER is answered 405',
      'refer-refused',
      { keys: { '[refusal]': '405 Method Not Allowed' } },
      /could not put you through/,
    ],
    [
      'REFER is answered 603',
      'refer-refused',
      { keys: { '[refusal]': '603 No' } },
      /nobody can take/,
    ],
  ])('goes on with a call when %s', async (_name, file, options, words) => {
    const { id, before, scenario } = await transfer(file, options)
    await untilRecord(`${words} was heard`, id, ({ prompts = [] }) =>
      prompts.find(({ heard }) => heard !== undefined && words.test(heard)),
    )
    expect(await readCall(stack, id)).toMatchObject({ state: 'active' })
    expect(await act(stack, id, { action: 'hangup' })).toMatchObject({ status: 202 })
    await scenario
    expect(await untilOver(stack, before)).toMatchObject({ endReason: 'operator-hangup' })
  })

  it('ends a call once, with nothing left of it, when the carrier hangs up without a report', async () => {
    const { before, scenario } = await transfer('refer-hangup', {})
    await scenario
    // livekit-sip says the same of a caller who has left meanwhile and of a carrier that needs us no more.
    const { endReason } = await untilOver(stack, before)
    expect(['caller-hangup', 'transferred']).toContain(endReason)
  })
})
