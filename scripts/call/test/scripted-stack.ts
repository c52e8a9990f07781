import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CallEvent, Stack } from '@trunkline/contracts'
import { createDisposalStack } from '@trunkline/runtime'
import { type Call, createPhone, type IncomingCall, isVoiced } from '@trunkline/telephony'

export interface ScriptedStack {
  readonly stack: Stack
  readonly folder: string
  /** Puts an event into the call's stream, as the orchestrator would. */
  tell(event: CallEvent): void
  close(): Promise<void>
}

/** What the far end does with a call; the scripted agent. */
export type Answer = (
  incoming: IncomingCall,
  scripted: Pick<ScriptedStack, 'tell'>,
) => Promise<void>

/** A tone of `ms` milliseconds at 8 kHz. */
export const tone = (ms: number) =>
  Int16Array.from({ length: ms * 8 }, (_, index) => Math.round(8000 * Math.sin(index / 3)))

/** Resolves when the far end has spoken and then been quiet for 100 ms. */
export async function heardOut(call: Call): Promise<void> {
  let quietFrames = -1
  for await (const { pcm } of call.audio()) {
    if (isVoiced(pcm)) quietFrames = 0
    else if (quietFrames >= 0) quietFrames += 1
    if (quietFrames === 5) return
  }
}

/** A SIP number that does `answer`, and an orchestrator and tts-router of the few routes a caller needs. */
export async function startScriptedStack(answer: Answer): Promise<ScriptedStack> {
  const disposal = createDisposalStack()
  const folder = await mkdtemp(join(tmpdir(), 'scripted-'))
  disposal.defer(() => rm(folder, { recursive: true, force: true }))
  const log = join(folder, 'logs', 'agent.log')
  await mkdir(join(folder, 'logs'))
  await writeFile(log, 'a line of the agent’s log\n')

  const events: CallEvent[] = []
  const followers = new Set<ServerResponse>()
  const send = (to: ServerResponse, event: CallEvent, index: number) =>
    to.write(`id: ${index}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
  const tell = (event: CallEvent) => {
    events.push(event)
    for (const follower of followers) send(follower, event, events.length)
  }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const json = (body: unknown) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    if (pathname === '/voices') {
      return json({ voices: [{ name: 'Test.One', language: 'en-US', engine: 'test' }] })
    }
    if (pathname === '/synthesize') {
      response.writeHead(200, { 'x-sample-rate-hz': '8000' })
      return response.end(new Uint8Array(tone(200).buffer))
    }
    if (request.headers.authorization !== 'Bearer operator') return response.writeHead(401).end()
    if (pathname === '/v1/calls') {
      if (events.length === 0) return json({ calls: [] })
      const call = { id: 'c1', line: 'l', state: 'active', room: 'r', roomSid: 's', createdAt: 1 }
      return json({ calls: [call] })
    }
    if (pathname === '/v1/calls/c1/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      followers.add(response)
      response.once('close', () => followers.delete(response))
      for (const [index, event] of events.entries()) send(response, event, index + 1)
      return undefined
    }
    return response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  disposal.defer(() => {
    server.closeAllConnections()
    server.close()
  })
  const failures: unknown[] = []
  const phone = await createPhone({
    onIncoming: (incoming) => {
      answer(incoming, { tell }).catch((error: unknown) => failures.push(error))
    },
  })
  disposal.defer(() => phone.close())

  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const url = `http://127.0.0.1:${address.port}`
  const unused = 'http://127.0.0.1:1'
  const stack: Stack = {
    sip: { ...phone.address, number: '100', username: 'u', password: 'p' },
    livekit: { url: unused, apiKey: 'k', apiSecret: 's' },
    urls: {
      ...{ orchestrator: url, ttsRouter: url, speech: unused, speechGrpc: '127.0.0.1:1' },
      ...{ asrProxy: unused, asrProxyGrpc: unused, llm: unused },
      ...{ agentHealth: unused, agentMetrics: unused, redis: unused },
    },
    tokens: { agent: 'agent', operator: 'operator' },
    processes: [{ name: 'agent', pid: 1, log }],
  }
  return { stack, folder, tell, close: () => disposal.close() }
}
