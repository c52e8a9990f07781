import { getEventListeners, once } from 'node:events'
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { Job, JobStatus, ServerMessage, WorkerMessage } from '@livekit/protocol'
import { createLogger } from '@trunkline/telemetry'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocketServer } from 'ws'
import { createJobSource, type JobSourceOptions } from '../src/last-words/job-source.ts'

type FromServer = NonNullable<
  NonNullable<ConstructorParameters<typeof ServerMessage>[0]>['message']
>

/** A livekit-server that registers whom it has not refused, and sends a job at once. */
async function startSource(
  onJob: JobSourceOptions['onJob'],
  { refusals = 0, longestJobMs }: { refusals?: number; longestJobMs?: number } = {},
) {
  const ends: (JobStatus | undefined)[] = []
  const sockets = new WebSocketServer({ noServer: true })
  const server = createServer()
  let refused = 0
  server.on('upgrade', (request, raw, head) => {
    if (refused < refusals) {
      refused += 1
      raw.end('HTTP/1.1 503 no\r\ncontent-length: 0\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, raw, head, (socket) => {
      const send = (message: FromServer) => socket.send(new ServerMessage({ message }).toBinary())
      socket.on('message', (data: Buffer) => {
        const { message } = WorkerMessage.fromBinary(data)
        if (message.case === 'register') {
          send({ case: 'register', value: { workerId: 'AW_1' } })
          send({ case: 'assignment', value: { job: new Job({ id: 'AJ_1' }), token: 'a-token' } })
        }
        if (message.case === 'updateJob') ends.push(message.value.status)
      })
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  const errors: unknown[] = []
  const logger = Object.assign(createLogger('test', { level: 'silent' }), {
    error: (fields: unknown) => void errors.push(fields),
  })
  const source = createJobSource({
    livekit: { url: `ws://127.0.0.1:${address.port}`, apiKey: 'key', apiSecret: 'secret' },
    ...{ agentName: 'words', maxJobs: 1, onJob, logger },
    ...(longestJobMs !== undefined && { longestJobMs }),
  })
  onTestFinished(async () => {
    await source.close()
    for (const socket of sockets.clients) socket.terminate()
    server.close()
  })
  return { source, ends, errors }
}

describe('createJobSource', () => {
  it('lets what is being said be said when it is told to stop', async () => {
    const said: string[] = []
    const { source, ends, errors } = await startSource(async (_job, { signal }) => {
      said.push('I am')
      await sleep(200, undefined, { signal })
      said.push('sorry')
    })
    await expect.poll(() => said).toEqual(['I am'])
    const closed = source.close()
    expect(source.isRegistered).toBe(false)
    await closed
    expect(said).toEqual(['I am', 'sorry'])
    await expect.poll(() => ends).toEqual([JobStatus.JS_RUNNING, JobStatus.JS_SUCCESS])
    expect(errors).toEqual([])
  })

  it('cuts what takes too long, which is no error', async () => {
    let isSpeaking = false
    const { source, errors } = await startSource(
      async (_job, { signal }) => {
        isSpeaking = true
        await sleep(60_000, undefined, { signal })
      },
      { longestJobMs: 50 },
    )
    await expect.poll(() => isSpeaking).toBe(true)
    await source.close()
    expect(errors).toEqual([])
  })

  it('keeps nothing of connections that are gone', async () => {
    let listeners: number | undefined
    await startSource(
      async (_job, { signal }) => {
        listeners = getEventListeners(signal, 'abort').length
      },
      { refusals: 5 },
    )
    await expect.poll(() => listeners).toBe(1)
  })
})
