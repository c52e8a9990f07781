import { createDisposalStack } from '@trunkline/runtime'
import { afterAll, describe, expect, it } from 'vitest'
import { defer } from './deferred.ts'
import {
  type Answer,
  callTool,
  callTools,
  finishStream,
  refuse,
  role,
  say,
  sendDeltas,
  startModelServer,
} from './model-server.ts'
import { openDialogue, outline, type TestDialogueOptions, toolOf } from './test-dialogue.ts'

const stack = createDisposalStack()
afterAll(() => stack.close())
async function open(answers: readonly Answer[], options: TestDialogueOptions = {}) {
  const server = await startModelServer(answers)
  stack.defer(() => server.close())
  return { server, ...openDialogue(server.url, options) }
}
const toolText = (message: unknown) => JSON.stringify(message)

describe('a turn', () => {
  it('streams the first clause, then sentences, and sums usage over its model calls', async () => {
    const { run, measured } = await open([
      callTool('look_up', { count: 2 }, 'One moment.'),
      say('We have two of ', 'them left, ', 'in blue. And', ' one in red', '.'),
    ])
    const { events } = await run()
    expect(outline(events)).toEqual([
      'first-token',
      'say One moment.',
      'call look_up {"count":2}',
      'result true {"count":2}',
      'say We have two of them left, in blue.',
      'say And one in red.',
      'finished',
    ])
    expect(events.at(-1)).toMatchObject({
      usage: { promptTokens: 20, completionTokens: 6, totalTokens: 26 },
    })
    expect(measured).toEqual(['first some/model true', 'total some/model true'])
  })

  it('hands a sentence out before the model has gone on', async () => {
    const gate = defer()
    const { run } = await open([
      async (response) => {
        sendDeltas(response, [role, { content: 'Yes, we do have that, ' }])
        await gate.promise
        sendDeltas(response, [{ content: 'in blue.' }])
        finishStream(response)
      },
    ])
    const { events } = await run(
      {},
      { onEvent: ({ type }) => type === 'sentence' && gate.resolve() },
    )
    expect(outline(events).slice(1)).toEqual([
      'say Yes, we do have that,',
      'say in blue.',
      'finished',
    ])
  })

  it('gives the model its own call and the result, in one message each', async () => {
    const { run, server } = await open([
      callTools([
        { id: 'a', name: 'look_up', args: { count: 1 } },
        { id: 'b', name: 'look_up', args: { count: 2 } },
      ]),
      say('Done.'),
    ])
    await run()
    expect(server.requests[1]?.body.messages.slice(2)).toMatchObject([
      { role: 'assistant', tool_calls: [{ id: 'a' }] },
      { role: 'tool', tool_call_id: 'a', content: '{"count":1}' },
      { role: 'assistant', tool_calls: [{ id: 'b' }] },
      { role: 'tool', tool_call_id: 'b', content: '{"count":2}' },
    ])
  })

  const quirks: readonly [string, Answer][] = [
    [
      'finish_reason stop though a tool was called',
      callTools([{ name: 'look_up' }], { finishReason: 'stop' }),
    ],
    [
      'no arguments field and no id at all',
      (response) => {
        sendDeltas(response, [{ tool_calls: [{ index: 0, function: { name: 'look_up' } }] }])
        finishStream(response)
      },
    ],
    [
      'a call left in the text',
      say('<tool', '_call>{"name": "look_up", "argum', 'ents": {}}</tool_call>'),
    ],
    ['a call written out', say('{"name": "look_up", ', '"parameters": {}}')],
  ]
  for (const [what, answer] of quirks) {
    it(`understands ${what}`, async () => {
      const { run } = await open([answer, say('Done.')])
      expect(outline((await run()).events)).toEqual([
        'first-token',
        'call look_up {}',
        'result true {"count":1}',
        'say Done.',
        'finished',
      ])
    })
  }

  it('speaks no thought, no markup, no markdown and no emoji', async () => {
    const { run } = await open([
      say('<thi', 'nk>Hm. A caller.</thi', 'nk>**Yes**', ', it is 🙂. ', '<|eot_id|>'),
    ])
    expect(outline((await run()).events)).toEqual(['first-token', 'say Yes, it is.', 'finished'])
  })

  it('tells the model what was wrong with a call, so that it can correct itself', async () => {
    const { run, server } = await open([
      callTool('look_up', '{"count": 2'),
      callTool('lookup', { count: 2 }),
      callTool('look_up', { count: 'many' }),
      callTool('look_up', { count: '2' }),
      say('Done.'),
    ])
    expect(outline((await run()).events)).toEqual([
      'first-token',
      'call lookup {"count":2}',
      expect.stringContaining('unknown_tool'),
      'call look_up {"count":"many"}',
      expect.stringContaining('bad_arguments'),
      'call look_up {"count":"2"}',
      'result true {"count":2}',
      'say Done.',
      'finished',
    ])
    const last = server.requests[1]?.body.messages.at(-1)
    expect(last?.role).toBe('tool')
    expect(toolText(last)).toContain('not a JSON object')
    // What was not JSON is not sent back: servers refuse a history they cannot parse.
    for (const message of server.requests[1]?.body.messages ?? []) {
      expect(JSON.stringify(message)).not.toContain('\\"count\\": 2')
    }
  })

  it('makes a broken tool a result, and repeats nothing of its error', async () => {
    const broken = toolOf('look_up', async () => {
      throw new Error('password is secret')
    })
    const { run, server } = await open([callTool('look_up'), say('Sorry.')], { tools: [broken] })
    expect(outline((await run()).events)).toContain('say Sorry.')
    expect(JSON.stringify(server.requests[1]?.body)).not.toContain('secret')
    expect(toolText(server.requests[1]?.body.messages.at(-1))).toContain('unavailable')
  })

  it('goes on without a tool that takes too long', async () => {
    const slow = toolOf('look_up', () => new Promise(() => {}))
    const { run } = await open([callTool('look_up'), say('Sorry.')], {
      tools: [slow],
      timeouts: { toolMs: 20 },
    })
    expect(outline((await run()).events).slice(2)).toEqual([
      expect.stringContaining('"error":"timeout"'),
      'say Sorry.',
      'finished',
    ])
  })

  it('ends with a clear error when the model only goes on calling tools', async () => {
    const { run, server, errors } = await open([callTool('look_up')])
    expect((await run()).error).toMatchObject({
      name: 'LlmError',
      code: 'too-many-steps',
      retryable: false,
    })
    expect(server.requests).toHaveLength(8)
    expect(errors).toEqual(['too-many-steps'])
  })

  it('asks once more when the model says nothing, and then gives up', async () => {
    const nothing = say('')
    const once = await open([callTool('look_up'), nothing, say('There is one.')])
    expect(outline((await once.run()).events)).toContain('say There is one.')
    const never = await open([nothing])
    expect((await never.run()).error).toMatchObject({ code: 'empty-reply' })
    expect(never.server.requests).toHaveLength(2)
  })
})

describe('end_call', () => {
  it('comes after the goodbye that was said with it, without another model call', async () => {
    const { run, server } = await open([
      callTool('end_call', { reason: 'done' }, 'Thank you. Goodbye!'),
    ])
    expect(outline((await run()).events)).toEqual([
      'first-token',
      'say Thank you.',
      'say Goodbye!',
      'call end_call {"reason":"done"}',
      'result true {"status":"ending"}',
      'end done',
      'finished',
    ])
    expect(server.requests).toHaveLength(1)
  })

  it('asks a model that hangs up without a word for a goodbye, once', async () => {
    const { run, server } = await open([callTool('end_call'), say('Goodbye!')])
    expect(outline((await run()).events).slice(-3)).toEqual(['say Goodbye!', 'end ', 'finished'])
    expect(server.requests[1]?.body.tool_choice).toBe('none')
    expect(toolText(server.requests[1]?.body.messages.at(-1))).toContain('goodbye')
  })

  for (const [what, answer] of [
    ['says nothing', say('')],
    ['hangs up again', callTool('end_call')],
    ['fails', refuse(400)],
  ] as const) {
    it(`ends the call all the same when the model then ${what}`, async () => {
      const { run } = await open([callTool('end_call'), answer])
      const { events, error } = await run()
      expect(error).toBeUndefined()
      expect(outline(events).slice(-2)).toEqual(['end ', 'finished'])
    })
  }

  it('waits until the results of other tools have been told', async () => {
    const { run } = await open([
      callTools([{ name: 'look_up' }, { name: 'end_call' }], { text: 'Bye.' }),
      say('There is one.'),
    ])
    const told = outline((await run()).events)
    expect(told).toContain('say There is one.')
    expect(told.some((event) => event.startsWith('end'))).toBe(false)
  })
})
