import OpenAI from 'openai'
import { afterEach, describe, expect, it } from 'vitest'
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

const messages: OpenAI.Chat.ChatCompletionMessageParam[] = [{ role: 'user', content: 'Hello' }]
const answer = () => ({
  text: 'One, two, three.',
  calls: [
    { name: 'first', arguments: { day: '2026-12-03' } },
    { name: 'second', arguments: {} },
  ],
})

async function read(
  client: OpenAI,
  headers: Record<string, string> = {},
  onContent: (text: string) => void = () => {},
) {
  const stream = await client.chat.completions.create(
    { model: 'any', messages, stream: true },
    { headers },
  )
  const chunks: OpenAI.Chat.ChatCompletionChunk[] = []
  for await (const chunk of stream) {
    chunks.push(chunk)
    onContent(chunk.choices[0]?.delta.content ?? '')
  }
  return chunks
}

async function control(url: string, body: object): Promise<Response> {
  return fetch(`${url}/control`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

describe('the knobs', () => {
  it('refuses with 429 and says when to come again', async () => {
    const { client } = await serve()
    const refused = read(client, {
      'x-standin-status': '429',
      'x-standin-retry-after-seconds': '3',
    })
    const error: unknown = await refused.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(OpenAI.RateLimitError)
    expect(error instanceof OpenAI.APIError && error.headers?.get('retry-after')).toBe('3')
  })

  it('fails with 500 as often as it was told to, then answers again', async () => {
    const { url, client } = await serve()
    await control(url, { status: 500, count: 2 })
    await expect(read(client)).rejects.toBeInstanceOf(OpenAI.InternalServerError)
    await expect(read(client)).rejects.toBeInstanceOf(OpenAI.InternalServerError)
    await expect(read(client)).resolves.toBeDefined()
  })

  it('forgets what is set on DELETE', async () => {
    const { url, client } = await serve()
    await control(url, { status: 500, count: 9 })
    await fetch(`${url}/control`, { method: 'DELETE' })
    await expect(read(client)).resolves.toBeDefined()
  })

  it('lets a header go before the control route', async () => {
    const { url, client } = await serve()
    await control(url, { status: 500 })
    const refused = read(client, { 'x-standin-status': '429' })
    await expect(refused).rejects.toBeInstanceOf(OpenAI.RateLimitError)
  })

  it('names a knob it does not know, in a header or in the control route', async () => {
    const { url, client } = await serve()
    await expect(read(client, { 'x-standin-sauce': '1' })).rejects.toMatchObject({ status: 400 })
    const response = await control(url, { ttftMs: 'soon', sauce: 1 })
    expect(response.status).toBe(400)
    const { error } = (await response.json()) as { error: { message: string } }
    expect(error.message).toContain('sauce')
    expect(error.message).toContain('ttftMs')
  })

  it('cuts the connection after the tokens it was told', async () => {
    const { client } = await serve({}, { answer })
    let text = ''
    const cut = read(client, { 'x-standin-cut-after-tokens': '2' }, (piece) => {
      text += piece
    })
    await expect(cut).rejects.toThrow()
    expect(text).toBe('One,')
  })

  it('stalls after the tokens it was told, until the client leaves', async () => {
    const { url, client } = await serve({}, { answer })
    const stream = await client.chat.completions.create(
      { model: 'any', messages, stream: true },
      { headers: { 'x-standin-stall-after-tokens': '1' } },
    )
    const pieces: string[] = []
    for await (const chunk of stream) {
      const piece = chunk.choices[0]?.delta.content
      if (!piece) continue
      pieces.push(piece)
      // Nothing more comes: the second piece would be the comma.
      setImmediate(() => stream.controller.abort())
    }
    expect(pieces).toEqual(['One'])
    await expect
      .poll(async () => (await fetch(`${url}/metrics`)).text(), { timeout: 10_000 })
      .toContain('standin_llm_requests_total{outcome="aborted"} 1')
  })

  it('holds back the first token and paces the others', async () => {
    const { client } = await serve({}, { answer })
    const startedAt = performance.now()
    const times: number[] = []
    await read(
      client,
      { 'x-standin-ttft-ms': '200', 'x-standin-tokens-per-second': '50' },
      (text) => {
        if (text) times.push(performance.now() - startedAt)
      },
    )
    // Only lower bounds: a busy machine is never too fast.
    expect(times[0]).toBeGreaterThan(190)
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(60)
  })

  it('leaks a thought in front of the answer', async () => {
    const { client } = await serve({}, { answer })
    const chunks = await read(client, { 'x-standin-leak-think': 'true' })
    const text = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')
    expect(text).toMatch(/^<think>.+<\/think>\s+One, two, three\.$/s)
  })

  it('sends arguments that are no JSON', async () => {
    const { client } = await serve({}, { answer })
    const chunks = await read(client, { 'x-standin-malformed-arguments': 'true' })
    const fragments = chunks
      .flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? [])
      .filter(({ index }) => index === 0)
      .map((delta) => delta.function?.arguments ?? '')
    expect(() => JSON.parse(fragments.join(''))).toThrow(SyntaxError)
  })

  it('leaves the arguments of a call without any out', async () => {
    const { client } = await serve({}, { answer })
    const argumentsOf = async (headers: Record<string, string>) =>
      (await read(client, headers))
        .flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? [])
        .filter(({ index }) => index === 1)
        .flatMap((delta) => delta.function?.arguments ?? [])
        .join('')
    expect(await argumentsOf({})).toBe('{}')
    expect(await argumentsOf({ 'x-standin-zero-arguments-missing': 'true' })).toBe('')
  })

  it('says "stop" though tools were called', async () => {
    const { client } = await serve({}, { answer })
    const chunks = await read(client, { 'x-standin-finish-stop-with-tools': 'true' })
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('stop')
  })

  it('gives the last requests, so that settings can be read off the wire', async () => {
    const { url, client } = await serve()
    await client.chat.completions.create({ model: 'm', messages, temperature: 0.3, max_tokens: 77 })
    const list = await (await fetch(`${url}/control/requests`)).json()
    expect(list).toMatchObject({
      requests: [
        {
          body: { model: 'm', messages, temperature: 0.3, max_tokens: 77 },
          headers: { authorization: 'Bearer key-of-the-test' },
        },
      ],
    })
    await fetch(`${url}/control/requests`, { method: 'DELETE' })
    expect(await (await fetch(`${url}/control/requests`)).json()).toEqual({ requests: [] })
  })
})
