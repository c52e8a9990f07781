import { createDisposalStack } from '@trunkline/runtime'
import { createService } from '@trunkline/standin-llm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DialogueEvent, HistoryItem } from '../../src/dialogue/dialogue.ts'
import { openTestDesk, type TestDesk } from '../hotel/test-desk.ts'
import { openDialogue } from './test-dialogue.ts'

const stack = createDisposalStack()
let desk: TestDesk
beforeAll(async () => {
  desk = await openTestDesk('pglite')
  stack.defer(() => desk.close())
})
afterAll(() => stack.close())

/** A caller who hears everything, the rule-playing model server, and the hotel on PGlite. */
async function openCall(callId: string) {
  const model = await createService({
    http: { host: '127.0.0.1', port: 0 },
    log: { level: 'silent' },
    model: { id: 'some/model', isStrict: true },
    apiKey: undefined,
    pace: { ttftMs: 0, tokensPerSecond: 10_000 },
  })
  stack.defer(() => model.close())
  const { run } = openDialogue(`${model.url}/v1`, { tools: desk.tools() })
  const history: HistoryItem[] = [{ kind: 'agent', text: 'Hill Inn, I am an AI assistant.' }]
  let turns = 0
  const say = async (text: string) => {
    turns += 1
    const { events, error } = await run({ callId, turnId: `turn-${turns}`, text, history })
    if (error) throw error
    history.push({ kind: 'caller', text }, ...toHistory(events))
    const spoken = events.flatMap((event) => (event.type === 'sentence' ? [event.text] : []))
    return { events, text: spoken.join(' ') }
  }
  return { model, say }
}

function toHistory(events: readonly DialogueEvent[]): HistoryItem[] {
  const calls = new Map<string, Readonly<Record<string, unknown>>>()
  return events.flatMap((event): HistoryItem[] => {
    if (event.type === 'sentence') return [{ kind: 'agent', text: event.text }]
    if (event.type === 'tool-called') calls.set(event.toolCallId, event.arguments)
    if (event.type !== 'tool-finished') return []
    const { toolCallId, name, ok, result } = event
    return [{ kind: 'tool', toolCallId, name, ok, result, arguments: calls.get(toolCallId) ?? {} }]
  })
}

const results = (events: readonly DialogueEvent[], name: string) =>
  events.flatMap((event) => (event.type === 'tool-finished' && event.name === name ? [event] : []))

describe('a caller at the front desk', () => {
  it('asks for a room, hears the price of the database, books it and says goodbye', async () => {
    const { say } = await openCall('whole')
    const asked = await say('Do you have a double room from the third to the fifth of December?')
    expect(results(asked.events, 'check_availability')).toMatchObject([
      {
        ok: true,
        result: {
          room_type: 'double',
          check_in: '2026-12-03',
          check_out: '2026-12-05',
          total: 240.7,
        },
      },
    ])
    expect(asked.text).toMatch(/120[.,]35|240[.,]70?|hundred (and )?(twenty|forty)/i)

    await say('Yes, I would like to book it.')
    await say('My name is Carla Cruz.')
    const done = await say('Yes, that is right.')
    const [booking] = results(done.events, 'create_reservation')
    expect(booking).toMatchObject({ ok: true, result: { booked: true, guest_name: 'Carla Cruz' } })
    const found = await desk.call('get_reservation', { guest_name: 'Carla Cruz' })
    expect(booking?.result).toMatchObject({
      reservation_number: found.result['reservation_number'],
    })

    const bye = await say('No thank you, goodbye.')
    expect(bye.text).not.toBe('')
    expect(bye.events.at(-2)).toMatchObject({ type: 'end-call' })
  })

  for (const [what, knobs] of [
    ['thinks aloud', { leakThink: true }],
    ['sends finish_reason stop with its calls', { finishStopWithTools: true }],
    ['sends broken arguments at first', { malformedArguments: true }],
    ['is overloaded at first', { status: 429 }],
    ['fails at first', { status: 500 }],
    ['breaks off before its first word', { cutAfterTokens: 0 }],
  ] as const) {
    it(`is answered as well when the model ${what}`, async () => {
      const { model, say } = await openCall('faulty')
      const control = await fetch(`${model.url}/control`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(knobs),
      })
      expect(control.status).toBe(200)
      const { text, events } = await say(
        'Is there a single room from the third to the fifth of December?',
      )
      expect(results(events, 'check_availability').at(-1)).toMatchObject({ ok: true })
      expect(text).toMatch(/single/i)
      expect(text).not.toMatch(/think|[<>{}]/)
    })
  }
})
