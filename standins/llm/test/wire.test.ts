import { once } from 'node:events'
import { connect } from 'node:net'
import OpenAI from 'openai'
import { afterEach, describe, expect, it } from 'vitest'
import type { Reply } from '../src/chat.ts'
import { type Started, start } from './start.ts'

const open: Started[] = []

async function serve(...args: Parameters<typeof start>): Promise<Started> {
  const started = await start(...args)
  open.push(started)
  return started
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

const call: Reply = {
  text: '',
  calls: [{ name: 'check_availability', arguments: { check_in: '2026-12-03', guests: 2 } }],
}
const messages: OpenAI.Chat.ChatCompletionMessageParam[] = [{ role: 'user', content: 'Hello' }]
const tools: OpenAI.Chat.ChatCompletionTool[] = [
  {
    type: 'function',
    function: {
      name: 'get_hotel_info',
      parameters: {
        type: 'object',
        properties: { topic: { type: 'string' } },
        required: ['topic'],
      },
    },
  },
  {
    type: 'function',
    function: { name: 'end_call', parameters: { type: 'object', properties: {} } },
  },
]

async function collect(
  client: OpenAI,
  body: Partial<OpenAI.Chat.ChatCompletionCreateParamsStreaming> = {},
  headers: Record<string, string> = {},
) {
  const stream = await client.chat.completions.create(
    { model: 'any', messages, ...body, stream: true },
    { headers },
  )
  const chunks: OpenAI.Chat.ChatCompletionChunk[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return chunks
}

function textOf(chunks: readonly OpenAI.Chat.ChatCompletionChunk[]): string {
  return chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')
}

describe('the wire', () => {
  it('streams the role, then content by pieces, then the reason it ended', async () => {
    const { client } = await serve({}, { answer: () => ({ text: 'Good day to you.', calls: [] }) })
    const chunks = await collect(client)
    expect(chunks[0]?.choices[0]?.delta).toEqual({ role: 'assistant', content: '' })
    expect(textOf(chunks)).toBe('Good day to you.')
    expect(chunks.length).toBeGreaterThan(5)
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('stop')
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1)
  })

  it('ends the stream with [DONE] and says that it is an event stream', async () => {
    const { url } = await serve()
    const response = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'any', messages, stream: true }),
    })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    expect(await response.text()).toMatch(/\n\ndata: \[DONE\]\n\n$/)
  })

  it('streams a call with id and name once and arguments in fragments', async () => {
    const { client } = await serve({}, { answer: () => call })
    const chunks = await collect(client)
    const deltas = chunks.flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? [])
    expect(deltas.filter(({ id }) => id !== undefined)).toHaveLength(1)
    expect(deltas.filter((delta) => delta.function?.name !== undefined)).toHaveLength(1)
    expect(deltas.every(({ index }) => index === 0)).toBe(true)
    const fragments = deltas.flatMap((delta) => delta.function?.arguments ?? [])
    expect(fragments.length).toBeGreaterThan(3)
    expect(JSON.parse(fragments.join(''))).toEqual(call.calls[0]?.arguments)
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('tool_calls')
  })

  it('adds a chunk of usage and no choice when it is asked for', async () => {
    const { client } = await serve()
    const chunks = await collect(client, { stream_options: { include_usage: true } })
    const last = chunks.at(-1)
    expect(last?.choices).toEqual([])
    expect(last?.usage?.completion_tokens).toBeGreaterThan(0)
    expect(last?.usage?.total_tokens).toBe(
      (last?.usage?.prompt_tokens ?? 0) + (last?.usage?.completion_tokens ?? 0),
    )
  })

  it('answers in one piece when it is not asked to stream', async () => {
    const { client } = await serve({}, { answer: () => call })
    const completion = await client.chat.completions.create({ model: 'any', messages })
    const choice = completion.choices[0]
    expect(choice?.message.content).toBeNull()
    expect(choice?.finish_reason).toBe('tool_calls')
    const [first] = choice?.message.tool_calls ?? []
    expect(first?.type === 'function' && JSON.parse(first.function.arguments)).toEqual(
      call.calls[0]?.arguments,
    )
    expect(completion.usage?.total_tokens).toBeGreaterThan(0)
  })

  it('stops at max_tokens and says so', async () => {
    const { client } = await serve(
      {},
      { answer: () => ({ text: 'one two three four', calls: [] }) },
    )
    const chunks = await collect(client, { max_tokens: 2 })
    expect(textOf(chunks)).toBe('one two')
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('length')
  })

  it.each<[OpenAI.Chat.ChatCompletionToolChoiceOption, string | undefined]>([
    ['none', undefined],
    ['auto', undefined],
    ['required', 'get_hotel_info'],
    [{ type: 'function', function: { name: 'get_hotel_info' } }, 'get_hotel_info'],
  ])('honours tool_choice %j', async (tool_choice, name) => {
    const { client } = await serve()
    const { choices } = await client.chat.completions.create({
      model: 'any',
      messages,
      tools,
      tool_choice,
    })
    const [made] = choices[0]?.message.tool_calls ?? []
    expect(made?.type === 'function' ? made.function.name : undefined).toBe(name)
  })

  it('calls no tool under tool_choice none though it would', async () => {
    const { client } = await serve()
    const asking: typeof messages = [{ role: 'user', content: 'What time is breakfast?' }]
    const ask = (tool_choice: 'auto' | 'none') =>
      client.chat.completions.create({ model: 'any', messages: asking, tools, tool_choice })
    expect((await ask('auto')).choices[0]?.message.tool_calls).toHaveLength(1)
    expect((await ask('none')).choices[0]?.message.tool_calls).toBeUndefined()
  })

  it('refuses what is not right in the format of OpenAI, naming the field', async () => {
    const { client } = await serve()
    const wrong = client.chat.completions.create({ model: 'any', messages: [] })
    await expect(wrong).rejects.toMatchObject({ status: 400, param: 'messages' })
    await expect(
      client.chat.completions.create({ model: 'any', messages, temperature: 7 }),
    ).rejects.toBeInstanceOf(OpenAI.BadRequestError)
  })

  it('refuses JSON that is none, and a path that is none', async () => {
    const { url } = await serve()
    const broken = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"model": ',
    })
    expect(broken.status).toBe(400)
    expect(await broken.json()).toMatchObject({ error: { type: 'BadRequestError', code: 400 } })
    const nowhere = await fetch(`${url}/v1/embeddings`)
    expect(await nowhere.json()).toMatchObject({ error: { code: 404 } })
  })

  it('knows its model, and refuses others only when it is strict', async () => {
    const { client } = await serve({ LLM_MODEL: 'vendor/one' })
    const models = await client.models.list()
    expect(models.data.map(({ id }) => id)).toEqual(['vendor/one'])
    await expect(collect(client, { model: 'vendor/two' })).resolves.toBeDefined()
    const strict = await serve({ LLM_MODEL: 'vendor/one', LLM_STANDIN_STRICT_MODEL: 'true' })
    await expect(collect(strict.client, { model: 'vendor/two' })).rejects.toBeInstanceOf(
      OpenAI.NotFoundError,
    )
    await expect(collect(strict.client, { model: 'vendor/one' })).resolves.toBeDefined()
  })

  it('wants the key only when one is set', async () => {
    const locked = await serve({ LLM_API_KEY: 'another' })
    await expect(collect(locked.client)).rejects.toBeInstanceOf(OpenAI.AuthenticationError)
    const unlocked = await serve({ LLM_API_KEY: 'key-of-the-test' })
    await expect(collect(unlocked.client)).resolves.toBeDefined()
  })

  it.each(['/healthz', '/readyz', '/v1/health/ready', '/v1/health/live'])(
    'is healthy at %s',
    async (path) => {
      const { url } = await serve()
      expect((await fetch(`${url}${path}`)).status).toBe(200)
    },
  )

  it('counts requests for Prometheus', async () => {
    const { url, client } = await serve()
    await collect(client)
    const response = await fetch(`${url}/metrics`)
    expect(response.headers.get('content-type')).toContain('version=0.0.4')
    const text = await response.text()
    expect(text).toContain('standin_llm_requests_total{outcome="ok"} 1')
    expect(text).toContain('standin_llm_requests_running 0')
  })

  it('goes on with an answer that was cut', async () => {
    const { client } = await serve()
    const whole = textOf(await collect(client))
    const [first = ''] = whole.split(/(?<=[.!?]) /)
    const chunks = await collect(client, {
      messages: [...messages, { role: 'assistant', content: first }],
    })
    expect(`${first} ${textOf(chunks)}`).toBe(whole)
  })

  it('stops generating when the client leaves', async () => {
    const { url } = await serve({ LLM_STANDIN_TOKENS_PER_SECOND: '1' })
    const { hostname, port } = new URL(url)
    const socket = connect(Number(port), hostname)
    const body = JSON.stringify({ model: 'any', messages, stream: true })
    socket.write(
      `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    )
    await once(socket, 'data')
    socket.destroy()
    await expect
      .poll(async () => (await fetch(`${url}/metrics`)).text(), { timeout: 10_000 })
      .toContain('standin_llm_requests_total{outcome="aborted"} 1')
  })

  it('closes while a stream is under way', async () => {
    const { client, close } = await start({ LLM_STANDIN_TOKENS_PER_SECOND: '0.5' })
    const stream = await client.chat.completions.create({ model: 'any', messages, stream: true })
    const read = (async () => {
      for await (const chunk of stream) if (chunk.choices[0]?.delta.content) await close()
    })()
    await expect(read).rejects.toThrow()
  })
})
