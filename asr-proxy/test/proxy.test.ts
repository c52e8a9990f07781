import {
  createRivaClients,
  HealthCheckResponse_ServingStatus,
  RivaSpeechRecognitionDefinition,
  StreamingRecognizeRequest,
  StreamingRecognizeResponse,
  toRawDefinition,
} from '@trunkline/riva'
import { createLogger } from '@trunkline/telemetry'
import { createChannel, createClientFactory, createServer, ServerError, Status } from 'nice-grpc'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../src/config.ts'
import { createService } from '../src/service.ts'

const raw = toRawDefinition(RivaSpeechRecognitionDefinition)

/** Answers each message with `answer(message, number)`; keeps what came. */
async function startRiva(answer: (message: Uint8Array, number: number) => Uint8Array) {
  const seen: Uint8Array[] = []
  const metadata: (string | undefined)[] = []
  let open = 0
  let models = new Uint8Array([10, 2, 10, 0])
  const server = createServer()
  server.add(raw, {
    async recognize() {
      throw new ServerError(Status.INVALID_ARGUMENT, 'Error: Unavailable model requested')
    },
    async getRivaSpeechRecognitionConfig() {
      return models
    },
    async *streamingRecognize(messages, context) {
      open += 1
      metadata.push(context.metadata.get('authorization'))
      try {
        for await (const message of messages) {
          seen.push(message)
          yield answer(message, seen.length)
        }
      } finally {
        open -= 1
      }
    },
  })
  const port = await server.listen('127.0.0.1:0')
  return {
    uri: `127.0.0.1:${port}`,
    seen,
    metadata,
    open: () => open,
    loseModels() {
      models = new Uint8Array()
    },
    close: async () => server.forceShutdown(),
  }
}

async function startProxy(rivaUri: string, env: Record<string, string> = {}) {
  const config = readConfig({
    ASR_PROXY_GRPC_PORT: '0',
    ASR_PROXY_HTTP_PORT: '0',
    RIVA_URI: rivaUri,
    ...env,
  })
  const service = await createService(config, { logger: createLogger('test', { level: 'silent' }) })
  const channel = createChannel(service.grpcUri)
  const client = createClientFactory().create(raw, channel)
  const metrics = async () => (await fetch(`${service.url}/metrics`)).text()
  const close = async () => {
    channel.close()
    await service.close()
  }
  return { service, client, metrics, close }
}

async function* each(messages: readonly Uint8Array[]) {
  yield* messages
}

describe('asr-proxy', () => {
  it('passes fields it does not know and empty answers, one for one', async () => {
    const riva = await startRiva((message, number) => (number === 2 ? new Uint8Array() : message))
    const proxy = await startProxy(riva.uri)
    try {
      const audio = StreamingRecognizeRequest.encode(
        StreamingRecognizeRequest.fromPartial({ runtimeConfig: { force_eou: 'true' } }),
      ).finish()
      // Field 999, a string: newer than any proto of ours.
      const unknown = Uint8Array.from([0xba, 0x3e, 2, 104, 105])
      const sent = [audio, Uint8Array.from([...audio, ...unknown]), unknown]
      const answers: Uint8Array[] = []
      for await (const answer of proxy.client.streamingRecognize(each(sent))) answers.push(answer)
      expect(riva.seen.map((message) => [...message])).toEqual(sent.map((message) => [...message]))
      expect(answers.map((answer) => answer.length)).toEqual([sent[0]?.length, 0, unknown.length])
    } finally {
      await proxy.close()
      await riva.close()
    }
  })

  it('answers as the server is heard, not at the end, and counts open streams', async () => {
    const riva = await startRiva(() =>
      StreamingRecognizeResponse.encode(
        StreamingRecognizeResponse.fromPartial({ results: [{ isFinal: true }] }),
      ).finish(),
    )
    const proxy = await startProxy(riva.uri)
    try {
      const clients = createRivaClients({ uri: proxy.service.grpcUri })
      let release: () => void = () => undefined
      const held = new Promise<void>((resolve) => {
        release = resolve
      })
      async function* requests() {
        yield StreamingRecognizeRequest.fromPartial({})
        await held
      }
      const answers = clients.asr.streamingRecognize(requests())[Symbol.asyncIterator]()
      const { value } = await answers.next()
      expect(value?.results[0]?.isFinal).toBe(true)
      expect(await proxy.metrics()).toMatch(/^asr_active_streams 1$/m)
      release()
      expect((await answers.next()).done).toBe(true)
      expect(await proxy.metrics()).toMatch(/^asr_active_streams 0$/m)
      clients.close()
    } finally {
      await proxy.close()
      await riva.close()
    }
  })

  it('ends the stream at the server when the caller leaves', async () => {
    const riva = await startRiva((message) => message)
    const proxy = await startProxy(riva.uri)
    try {
      const leaving = new AbortController()
      async function* forever() {
        yield new Uint8Array([10, 0])
        await new Promise(() => undefined)
      }
      const answers = proxy.client
        .streamingRecognize(forever(), { signal: leaving.signal })
        [Symbol.asyncIterator]()
      await answers.next()
      expect(riva.open()).toBe(1)
      leaving.abort()
      await expect(answers.next()).rejects.toThrow()
      await expect.poll(() => riva.open()).toBe(0)
      expect(await proxy.metrics()).not.toMatch(/^voice_gateway_asr_errors_total\{/m)
    } finally {
      await proxy.close()
      await riva.close()
    }
  })

  it('keeps the server’s status and sentence, and counts the error', async () => {
    const riva = await startRiva((message) => message)
    const proxy = await startProxy(riva.uri)
    try {
      await expect(proxy.client.recognize(new Uint8Array())).rejects.toMatchObject({
        code: Status.INVALID_ARGUMENT,
        details: 'Error: Unavailable model requested',
      })
      expect(await proxy.metrics()).toMatch(
        /^voice_gateway_asr_errors_total\{error_type="INVALID_ARGUMENT"\} 1$/m,
      )
    } finally {
      await proxy.close()
      await riva.close()
    }
  })

  it('sends the key of a hosted endpoint', async () => {
    const riva = await startRiva((message) => message)
    const proxy = await startProxy(riva.uri, { RIVA_API_KEY: 'nvapi-test' })
    try {
      for await (const _ of proxy.client.streamingRecognize(each([new Uint8Array([10, 0])]))) break
      expect(riva.metadata).toEqual(['Bearer nvapi-test'])
    } finally {
      await proxy.close()
      await riva.close()
    }
  })

  it.each(['nothing listens', 'no model is listed'])(
    'is alive but not ready while %s',
    async (how) => {
      const riva = await startRiva((message) => message)
      if (how === 'nothing listens') await riva.close()
      else riva.loseModels()
      const proxy = await startProxy(riva.uri)
      try {
        const { url, grpcUri } = proxy.service
        expect((await fetch(`${url}/healthz`)).status).toBe(200)
        expect((await fetch(`${url}/readyz`)).status).toBe(503)
        const clients = createRivaClients({ uri: grpcUri })
        expect((await clients.health.check({})).status).toBe(
          HealthCheckResponse_ServingStatus.NOT_SERVING,
        )
        clients.close()
      } finally {
        await proxy.close()
        await riva.close()
      }
    },
  )
})
