import type { ServerResponse } from 'node:http'
import { createDisposalStack } from '@trunkline/runtime'
import { afterAll, describe, expect, it } from 'vitest'
import type { ToolResult } from '../../src/dialogue/tool.ts'
import { line } from '../hotel/test-desk.ts'
import { defer } from './deferred.ts'
import {
  type Answer,
  callTool,
  finishStream,
  refuse,
  role,
  say,
  sendChunk,
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

/** Breaks the connection once everything so far is on its way. */
const breakOff = (response: ServerResponse) =>
  response.write(':\n\n', () => response.socket?.destroy())

const cut: Answer = (response) => {
  sendDeltas(response, [role])
  breakOff(response)
}
const silent: Answer = () => undefined
const endsEarly: Answer = (response) => {
  sendDeltas(response, [role])
  response.end()
}
const unreadable: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.end('data: {"choices": [oops\n\n')
}
const errorEvent: Answer = (response) => {
  sendDeltas(response, [role])
  sendChunk(response, { error: { message: 'engine died' } })
  response.end()
}

describe('a failing model server', () => {
  for (const [what, answer, code] of [
    ['refuses with 429', refuse(429), 'rate-limited'],
    ['fails with 500', refuse(500), 'unavailable'],
    ['fails with 503', refuse(503), 'unavailable'],
    ['cuts the connection', cut, 'cut-off'],
    ['ends without a finish reason', endsEarly, 'cut-off'],
    ['sends what is not JSON', unreadable, 'bad-response'],
    ['sends an error in the stream', errorEvent, 'cut-off'],
    ['says nothing in time', silent, 'timeout'],
  ] as const) {
    it(`is asked again when it ${what} before its first word`, async () => {
      const { run, server, errors } = await open([answer, say('Hello.')], {
        timeouts: { firstTokenMs: 300 },
      })
      const { events, error } = await run()
      expect(error).toBeUndefined()
      expect(outline(events)).toEqual(['first-token', 'say Hello.', 'finished'])
      expect(errors).toEqual([code])
      expect(server.requests).toHaveLength(2)
    })
  }

  for (const [status, message, code] of [
    [400, 'bad', 'bad-request'],
    [400, '"auto" tool choice requires --enable-auto-tool-choice', 'tools-off'],
    [401, 'no', 'unauthorized'],
    [404, 'no such model', 'not-found'],
  ] as const) {
    it(`is asked once when it refuses with ${status}: ${code}`, async () => {
      const { run, server, errors } = await open([refuse(status, message)])
      expect((await run()).error).toMatchObject({ name: 'LlmError', code, retryable: false })
      expect(server.requests).toHaveLength(1)
      expect(errors).toEqual([code])
    })
  }

  it('is given up after three requests', async () => {
    const { run, server, errors } = await open([refuse(500)])
    expect((await run()).error).toMatchObject({ code: 'unavailable', retryable: true })
    expect(server.requests).toHaveLength(3)
    expect(errors).toEqual(['unavailable', 'unavailable', 'unavailable'])
  })

  it('is not there: an error with a code, and no request goes astray', async () => {
    const { run } = openDialogue('http://127.0.0.1:9/v1')
    expect((await run()).error).toMatchObject({ name: 'LlmError', code: 'unavailable' })
  })

  it('is not asked again once something was said, and what was whole is kept', async () => {
    const { run, server } = await open([
      (response) => {
        sendDeltas(response, [role, { content: 'There is one. And the oth' }])
        breakOff(response)
      },
      say('Twice!'),
    ])
    const { events, error } = await run()
    expect(outline(events)).toEqual(['first-token', 'say There is one.'])
    expect(error).toMatchObject({ code: 'cut-off' })
    expect(server.requests).toHaveLength(1)
  })

  it('that stalls in the middle is left after a while', async () => {
    const { run, server } = await open(
      [(response) => sendDeltas(response, [role, { content: 'There is one. And' }])],
      { timeouts: { stallMs: 50 } },
    )
    expect((await run()).error).toMatchObject({ code: 'timeout' })
    await server.aborted()
  })

  it('is not waited for beyond the turn’s deadline, retries included', async () => {
    const { run } = await open([silent], { timeouts: { turnMs: 100, firstTokenMs: 10_000 } })
    expect((await run()).error).toMatchObject({ name: 'LlmError', code: 'timeout' })
  })

  it('repeats the conversation in its error: no message holds it', async () => {
    const { run } = await open([refuse(400, 'cannot parse "my name is Emma"')])
    const { error } = await run({ text: 'my name is Emma' })
    expect(error).toMatchObject({ pii: { detail: expect.stringContaining('Emma') } })
    if (!(error instanceof Error)) throw new Error('no error')
    expect(`${error.stack} ${error.cause}`).not.toContain('Emma')
  })
})

describe('an aborted turn', () => {
  it('stops the model at once and throws the reason, not an error of the model', async () => {
    const controller = new AbortController()
    const { run, server, errors } = await open([
      (response) => sendDeltas(response, [role, { content: 'There is one. And so' }]),
    ])
    const reason = new DOMException('the caller', 'AbortError')
    const { events, error } = await run(
      {},
      {
        signal: controller.signal,
        onEvent: ({ type }) => type === 'sentence' && controller.abort(reason),
      },
    )
    expect(error).toBe(reason)
    expect(outline(events)).toEqual(['first-token', 'say There is one.'])
    await server.aborted()
    expect(errors).toEqual([])
  })

  it('stops the model also when its reader just leaves', async () => {
    const { dialogue, server } = await open([
      (response) => sendDeltas(response, [role, { content: 'There is one. And so' }]),
    ])
    const turn = {
      ...{ callId: 'c', turnId: 't', epoch: 1, line, language: 'en' },
      text: 'Hi',
      history: [],
    }
    for await (const event of dialogue.streamTurn(turn, new AbortController())) {
      if (event.type === 'sentence') break
    }
    await server.aborted()
  })

  it('does nothing when it is aborted before it began', async () => {
    const controller = new AbortController()
    controller.abort()
    const { run, server } = await open([say('Hello.')])
    expect((await run({}, controller)).error).toBe(controller.signal.reason)
    expect(server.requests).toEqual([])
  })

  it('still tells the result of an effect that was under way', async () => {
    const begun = defer()
    const done = defer<ToolResult>()
    const effect = toolOf(
      'change_it',
      () => {
        begun.resolve()
        return done.promise
      },
      { hasEffect: true },
    )
    const controller = new AbortController()
    const { run, late } = await open([callTool('change_it'), say('Done.')], { tools: [effect] })
    const running = run({}, controller)
    await begun.promise
    controller.abort()
    done.resolve({ ok: true, result: { changed: true } })
    const { events, error } = await running
    expect(outline(events).slice(1)).toEqual(['call change_it {}', 'result true {"changed":true}'])
    expect(error).toBe(controller.signal.reason)
    expect(late).toEqual([])
  })

  it('does not wait for a tool without effect', async () => {
    const controller = new AbortController()
    const hanging = toolOf('look_up', () => new Promise(() => {}))
    const { run } = await open([callTool('look_up')], { tools: [hanging] })
    const { error } = await run(
      {},
      {
        signal: controller.signal,
        onEvent: ({ type }) => type === 'tool-called' && setImmediate(() => controller.abort()),
      },
    )
    expect(error).toBe(controller.signal.reason)
  })

  it('leaves no trace of an effect that saw the abort before it began', async () => {
    const controller = new AbortController()
    const effect = toolOf(
      'change_it',
      async (_args, { signal }) => {
        controller.abort()
        signal.throwIfAborted()
        return { ok: true, result: {} }
      },
      { hasEffect: true },
    )
    const { run, late } = await open([callTool('change_it')], { tools: [effect] })
    const { events, error } = await run({}, controller)
    expect(error).toBe(controller.signal.reason)
    expect(outline(events)).toEqual(['first-token', 'call change_it {}'])
    expect(late).toEqual([])
  })

  it('reports an effect later that took longer than anybody waits', async () => {
    const done = defer<ToolResult>()
    const effect = toolOf('change_it', () => done.promise, { hasEffect: true })
    const { run, late } = await open([callTool('change_it'), say('Done.')], {
      tools: [effect],
      timeouts: { toolMs: 20 },
    })
    const { events } = await run()
    expect(outline(events)).toContainEqual(expect.stringContaining('outcome_unknown'))
    expect(late).toEqual([])
    done.resolve({ ok: true, result: { changed: true } })
    await done.promise
    await new Promise((resolve) => setImmediate(resolve))
    expect(late).toEqual([
      {
        callId: 'c1',
        turnId: 'turn-1',
        item: expect.objectContaining({
          kind: 'tool',
          name: 'change_it',
          ok: true,
          result: { changed: true },
        }),
      },
    ])
  })
})

describe('a stream', () => {
  it('may send usage, roles and empty deltas wherever it likes', async () => {
    const { run } = await open([
      (response) => {
        sendChunk(response, { choices: [] })
        sendDeltas(response, [
          role,
          {},
          { content: null },
          { content: 'Hello.' },
          { reasoning_content: 'hm' },
        ])
        sendChunk(response, { choices: [{ index: 0, delta: { content: '' } }] })
        finishStream(response)
      },
    ])
    expect(outline((await run()).events)).toEqual(['first-token', 'say Hello.', 'finished'])
  })
})
