import { createDisposalStack } from '@trunkline/runtime'
import { afterAll, describe, expect, it } from 'vitest'
import type { HistoryItem } from '../../src/dialogue/dialogue.ts'
import { line } from '../hotel/test-desk.ts'
import { type Answer, say, startModelServer } from './model-server.ts'
import { openDialogue } from './test-dialogue.ts'

const stack = createDisposalStack()
afterAll(() => stack.close())
async function serve(answers: readonly Answer[], options = {}) {
  const server = await startModelServer(answers, options)
  stack.defer(() => server.close())
  return server
}

describe('what goes to the model server', () => {
  it('carries every LLM_* setting', async () => {
    const server = await serve([say('Hello.')])
    const { run } = openDialogue(server.url, {
      model: 'vendor/model-7b',
      apiKey: 'key-123',
      temperature: 0.35,
      maxTokens: 77,
      systemPrompt: 'Speak like a bard.',
    })
    const { events } = await run()
    expect(events.at(-1)).toMatchObject({ type: 'finished', model: 'vendor/model-7b' })
    const [request] = server.requests
    expect(request?.headers.authorization).toBe('Bearer key-123')
    expect(request?.body).toMatchObject({
      model: 'vendor/model-7b',
      temperature: 0.35,
      max_tokens: 77,
      stream: true,
      stream_options: { include_usage: true },
      tool_choice: 'auto',
    })
    expect(request?.body.messages[0]?.role).toBe('system')
    expect(request?.body.messages[0]?.content).toMatch(/^Speak like a bard\./)
    // Stop strings can cut a tool call in two (vllm#34101).
    expect(request?.body).not.toHaveProperty('stop')
  })

  it('follows a server that sends it on, with the whole request', async () => {
    const server = await serve([
      (response) => void response.writeHead(307, { location: '/v1/moved' }).end(),
      say('Hello.'),
    ])
    const { run } = openDialogue(server.url)
    expect((await run()).events.at(-1)).toMatchObject({ type: 'finished' })
    const [first, second] = server.requests
    expect(second?.body).toEqual(first?.body)
  })

  it('leaves out what is not set, OpenAI’s own variables included', async () => {
    const server = await serve([say('Hello.')])
    const foreign = ['OPENAI_API_KEY', 'OPENAI_ORG_ID', 'OPENAI_PROJECT_ID', 'OPENAI_BASE_URL']
    for (const name of foreign) process.env[name] = 'http://127.0.0.1:9/leak'
    const { run } = openDialogue(server.url)
    await run()
    for (const name of foreign) delete process.env[name]
    const [request] = server.requests
    expect(JSON.stringify(request?.headers)).not.toContain('leak')
    expect(request?.headers.authorization).toBeUndefined()
    expect(request?.body).not.toHaveProperty('temperature')
    expect(request?.body).not.toHaveProperty('max_tokens')
  })

  it('tells persona, language, today and the line’s tools', async () => {
    const server = await serve([say('Hallo.')])
    const { run } = openDialogue(server.url)
    await run({ language: 'de' })
    const body = server.requests[0]?.body
    const system = body?.messages[0]?.content ?? ''
    expect(system).toContain(line.persona)
    expect(system).toContain('German')
    expect(system.endsWith('Today is Saturday, 2026-11-21. It is about 12:00.')).toBe(true)
    expect(body?.tools?.map((tool) => tool.function.name)).toEqual(['look_up', 'end_call'])
  })

  it('offers no end_call on a line that has it switched off', async () => {
    const server = await serve([say('Hello.')])
    await openDialogue(server.url, { tools: [] }).run({
      line: { ...line, tools: ['get_hotel_info'] },
    })
    expect(server.requests[0]?.body).not.toHaveProperty('tools')
  })

  it('repeats the call so far: what was heard, and tools with their results', async () => {
    const server = await serve([say('Yes.')])
    const history: HistoryItem[] = [
      { kind: 'agent', text: 'Good day.' },
      { kind: 'caller', text: 'Two, please.' },
      {
        ...{ kind: 'tool', toolCallId: 't1', name: 'look_up', arguments: { count: 2 } },
        ...{ ok: true, result: { count: 2 } },
      },
      { kind: 'agent', text: 'There are' },
    ]
    await openDialogue(server.url).run({ history, text: 'How many?' })
    expect(server.requests[0]?.body.messages.slice(1)).toEqual([
      { role: 'assistant', content: 'Good day.' },
      { role: 'user', content: 'Two, please.' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 't1', type: 'function', function: { name: 'look_up', arguments: '{"count":2}' } },
        ],
      },
      { role: 'tool', tool_call_id: 't1', content: '{"count":2}' },
      { role: 'assistant', content: 'There are' },
      { role: 'user', content: 'How many?' },
    ])
  })

  it('checks for readiness by one request for the models', async () => {
    const signal = new AbortController().signal
    const listed = await serve([], { models: ['other', 'some/model'] })
    const check = (url: string) => openDialogue(url).dialogue.checkModel({ signal })
    expect(await check(listed.url)).toEqual({ ok: true, isListed: true })
    expect(listed.gets).toEqual(['/v1/models'])
    const unlisted = await serve([], { models: ['other'] })
    expect(await check(unlisted.url)).toEqual({ ok: true, isListed: false })
    const none = await serve([], { modelsStatus: 404 })
    expect(await check(none.url)).toEqual({ ok: true, isListed: false })
    const refused = await serve([], { modelsStatus: 401 })
    expect(await check(refused.url)).toEqual({ ok: false, code: 'unauthorized' })
    expect(await check('http://127.0.0.1:9/v1')).toEqual({ ok: false, code: 'unavailable' })
  })
})
