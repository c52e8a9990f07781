import { createDisposalStack } from '@trunkline/runtime'
import { afterAll, describe, expect, it } from 'vitest'
import { toCorrection } from '../../src/claims/corrections.ts'
import type { HistoryItem } from '../../src/dialogue/dialogue.ts'
import { type Answer, callTool, callTools, say, startModelServer } from './model-server.ts'
import { openDialogue, outline, toolOf } from './test-dialogue.ts'

const stack = createDisposalStack()
afterAll(() => stack.close())

const notBooked = toCorrection('booking-made', 'en')
const notCancelled = toCorrection('cancellation', 'en')
const book = toolOf('book', async () => ({ ok: true, result: { number: '12345' } }), {
  ...{ hasEffect: true, proves: ['booking-made', 'booking-stands'] },
})
const full = toolOf('book', async () => ({ ok: false, result: { error: 'no_rooms_left' } }), {
  ...{ hasEffect: true, proves: ['booking-made', 'booking-stands'] },
})
const find = toolOf('find', async () => ({ ok: true, result: {} }), { proves: ['booking-stands'] })
const look = toolOf('look_up', async () => ({ ok: true, result: {} }))

async function open(answers: readonly Answer[], tools = [book, find, look]) {
  const server = await startModelServer(answers)
  stack.defer(() => server.close())
  const dialogue = openDialogue(server.url, { tools })
  const said = async (change: Parameters<typeof dialogue.run>[0] = {}) => {
    const { events, error } = await dialogue.run(change)
    if (error) throw error
    return outline(events).filter((event) => event !== 'first-token' && event !== 'finished')
  }
  const lastMessages = () => JSON.stringify(server.requests.at(-1)?.body.messages.slice(1))
  return { ...dialogue, server, said, lastMessages }
}
const toolItem = (name: string, ok: boolean): HistoryItem => ({
  ...{ kind: 'tool', toolCallId: 'x', name, arguments: {}, ok, result: {} },
})

describe('a reply that claims what was not done', () => {
  it('is cut off at the claim, and asks how to go on', async () => {
    const { said, measured, server } = await open([
      say('Great. ', 'I have booked the room for you. ', 'Your number is 12345. See you!'),
    ])
    expect(await said()).toEqual(['say Great.', `say ${notBooked}`])
    expect(measured).toContain('replaced booking-made')
    expect(server.requests).toHaveLength(1)
  })

  it('says our words, the same in every call', async () => {
    const { run } = await open([say('I have cancelled your booking.')])
    const { events } = await run()
    expect(events).toContainEqual({ type: 'sentence', text: notCancelled, isFixed: true })
  })

  it('says nothing in its place when a tool of the same step is still to tell the truth', async () => {
    const { said, lastMessages } = await open([
      callTool('book', {}, 'I have booked the room. Your number is 999.'),
      say('I have booked the room. Your number is 12345.'),
    ])
    expect(await said()).toEqual([
      'call book {}',
      'result true {"number":"12345"}',
      'say I have booked the room.',
      'say Your number is 12345.',
    ])
    // The model is not told that it has said what was not said.
    expect(lastMessages()).not.toContain('999')
  })

  it('is not made true by a tool that failed, nor by one that did something else', async () => {
    const failed = await open([callTool('book'), say('I have booked the room.')], [full])
    expect((await failed.said()).at(-1)).toBe(`say ${notBooked}`)
    const other = await open([callTool('look_up'), say('I have booked the room.')])
    expect((await other.said()).at(-1)).toBe(`say ${notBooked}`)
  })

  it('does not hang up', async () => {
    const claimed = callTool('end_call', {}, 'Your room is booked. Goodbye!')
    const { said } = await open([claimed])
    const told = await said()
    expect(told[0]).toBe(`say ${notBooked}`)
    expect(told.slice(1)).toEqual(['call end_call {}', expect.stringContaining('not_done')])
  })

  it('does not hang up on a later step either, without a word of what was held back', async () => {
    const { said } = await open([
      callTool('look_up', {}, 'Your room is booked.'),
      callTool('end_call', {}, 'Goodbye!'),
    ])
    const told = await said()
    expect(told.slice(2, 4)).toEqual(['say Goodbye!', `say ${notBooked}`])
    expect(told.some((event) => event.startsWith('end '))).toBe(false)
  })

  it('does not hang up when the goodbye that it was asked for claims it', async () => {
    const { said } = await open([callTool('end_call'), say('Your room is booked. Goodbye!')])
    const told = await said()
    expect(told.at(-1)).toBe(`say ${notBooked}`)
    expect(told.some((event) => event.startsWith('end '))).toBe(false)
  })

  it('hangs up when it was done after all', async () => {
    const { said } = await open([
      callTools([{ name: 'book' }], { text: 'I have booked it.' }),
      callTool('end_call', {}, 'I have booked it. Goodbye!'),
    ])
    expect((await said()).slice(-5)).toEqual([
      'say I have booked it.',
      'say Goodbye!',
      'call end_call {}',
      'result true {"status":"ending"}',
      'end ',
    ])
  })
})

describe('a claim', () => {
  it('is true by what an earlier turn has done', async () => {
    const { said } = await open([say('Your room is booked. I have booked it.')])
    const claimed = ['say Your room is booked.', 'say I have booked it.']
    expect(await said({ history: [toolItem('book', true)] })).toEqual(claimed)
    expect(await said({ history: [toolItem('book', false)] })).toEqual([`say ${notBooked}`])
  })

  it('is true by what another process has done in this very turn', async () => {
    const { said } = await open([say('I have booked it.')])
    expect(await said({ progress: [toolItem('book', true)] })).toEqual(['say I have booked it.'])
    expect(await said({ progress: [toolItem('book', false)] })).toEqual([`say ${notBooked}`])
  })

  it('that a booking stands is true when it was looked up, not that we have made it', async () => {
    const { said } = await open([
      callTool('find'),
      say('Your booking is confirmed. I have booked it.'),
    ])
    expect((await said()).slice(2)).toEqual(['say Your booking is confirmed.', `say ${notBooked}`])
  })

  it('is no claim when what was said of its sentence before makes it depend on something', async () => {
    const { said } = await open([say('As soon as I have your name, ', 'your room is booked.')])
    expect(await said()).toEqual(['say As soon as I have your name,', 'say your room is booked.'])
    const progress: HistoryItem[] = [{ kind: 'agent', text: 'As soon as I have your name,' }]
    const rest = await open([say('your room is booked.')])
    expect(await rest.said({ progress })).toEqual(['say your room is booked.'])
  })

  it('is judged in the language of the turn, and put right in it', async () => {
    const { said } = await open([say('Ihr Zimmer ist gebucht.')])
    const correction = toCorrection('booking-stands', 'de')
    expect(await said({ language: 'de' })).toEqual([`say ${correction}`])
  })
})

it('goes no further than the correction that another process has said, and does not hang up', async () => {
  const { said, server } = await open([callTool('end_call', {}, 'Goodbye!')])
  expect(await said({ progress: [{ kind: 'agent', text: notBooked }] })).toEqual([])
  expect(server.requests).toHaveLength(0)
})
