import { once } from 'node:events'
import { createConnection, createServer as createTcpServer } from 'node:net'
import { ClientError, createServer, Metadata, ServerError, Status } from 'nice-grpc'
import { afterEach, describe, expect, it } from 'vitest'
import {
  checkHealth,
  createHealthService,
  createRivaClients,
  HealthCheckResponse_ServingStatus,
  HealthDefinition,
  RivaSpeechRecognitionDefinition,
  RivaSpeechSynthesisDefinition,
  StreamingRecognizeRequest,
  toRawDefinition,
  toRivaError,
} from '../src/index.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function listen(server: ReturnType<typeof createServer>) {
  const uri = `127.0.0.1:${await server.listen('127.0.0.1:0')}`
  cleanups.push(() => server.forceShutdown())
  return uri
}

function connect(options: Parameters<typeof createRivaClients>[0]) {
  const clients = createRivaClients(options)
  cleanups.push(() => clients.close())
  return clients
}

describe('clients', () => {
  it('wait for a server that is slow to shake hands', async () => {
    const server = createServer()
    const health = createHealthService()
    health.set('', 'serving')
    server.add(HealthDefinition, health.implementation)
    const uri = await listen(server)
    const relay = createTcpServer((near) => {
      const far = createConnection({ host: '127.0.0.1', port: Number(uri.split(':')[1]) })
      near.on('error', () => far.destroy())
      far.on('error', () => near.destroy())
      near.pipe(far)
      setTimeout(() => far.pipe(near), 400)
    })
    relay.listen(0, '127.0.0.1')
    await once(relay, 'listening')
    cleanups.push(() => relay.close())
    const address = relay.address()
    if (!address || typeof address === 'string') throw new Error('no port')
    const clients = connect({ uri: `127.0.0.1:${address.port}` })
    expect(await clients.health.check({ service: '' })).toMatchObject({
      status: HealthCheckResponse_ServingStatus.SERVING,
    })
  })

  it('send key, function and metadata with every kind of call, and let the call overrule them', async () => {
    const seen: Metadata[] = []
    const server = createServer()
    server.add(RivaSpeechSynthesisDefinition, {
      async synthesize(_, { metadata }) {
        seen.push(metadata)
        return {}
      },
      async *synthesizeOnline(_, { metadata }) {
        seen.push(metadata)
        yield {}
      },
      async getRivaSynthesisConfig() {
        return {}
      },
    })
    const { tts } = connect({
      uri: await listen(server),
      apiKey: 'key',
      functionId: 'function',
      metadata: { Tenant: 'harbour' },
    })
    await tts.synthesize({})
    const call = { metadata: Metadata({ tenant: 'garden' }) }
    for await (const _ of tts.synthesizeOnline(requests({ text: 'Hello' }), call)) break
    expect(seen.map((metadata) => metadata.get('authorization'))).toEqual([
      'Bearer key',
      'Bearer key',
    ])
    expect(seen.map((metadata) => metadata.get('function-id'))).toEqual(['function', 'function'])
    expect(seen.map((metadata) => metadata.get('tenant'))).toEqual(['harbour', 'garden'])
  })

  it('take an answer beyond gRPC’s usual 4 MB', async () => {
    const server = createServer()
    server.add(RivaSpeechSynthesisDefinition, {
      async synthesize() {
        return { audio: new Uint8Array(6_000_000) }
      },
      async *synthesizeOnline() {},
      async getRivaSynthesisConfig() {
        return {}
      },
    })
    const { tts } = connect({ uri: await listen(server) })
    expect((await tts.synthesize({})).audio).toHaveLength(6_000_000)
  })

  it('classify what a server throws, and a server that is not there', async () => {
    const server = createServer()
    server.add(RivaSpeechSynthesisDefinition, {
      async synthesize() {
        throw new ServerError(Status.RESOURCE_EXHAUSTED, 'no slot')
      },
      async *synthesizeOnline() {},
      async getRivaSynthesisConfig() {
        return {}
      },
    })
    const uri = await listen(server)
    const { tts, asr } = connect({ uri })
    const error = await tts.synthesize({ text: 'Secret' }).catch(toRivaError)
    expect(error).toMatchObject({
      code: 'overloaded',
      retryable: true,
      message: 'riva: overloaded',
    })
    expect(error).toHaveProperty('cause', expect.any(ClientError))
    expect(await asr.recognize({}).catch(toRivaError)).toMatchObject({ code: 'unsupported' })
    await server.forceShutdown()
    expect(await tts.synthesize({}).catch(toRivaError)).toMatchObject({ code: 'unavailable' })
    const signal = AbortSignal.abort()
    expect(await tts.synthesize({}, { signal }).catch(toRivaError)).toMatchObject({
      code: 'aborted',
    })
  })
})

describe('health', () => {
  it('is served, watched and checked', async () => {
    const health = createHealthService()
    const server = createServer()
    server.add(HealthDefinition, health.implementation)
    const clients = connect({ uri: await listen(server) })
    const controller = new AbortController()
    const watching = clients.health.watch({}, { signal: controller.signal })[Symbol.asyncIterator]()
    expect(await checkHealth(clients.health)).toBe('not-serving')
    expect((await watching.next()).value?.status).toBe(
      HealthCheckResponse_ServingStatus.NOT_SERVING,
    )
    health.set('', 'serving')
    expect((await watching.next()).value?.status).toBe(HealthCheckResponse_ServingStatus.SERVING)
    expect(await checkHealth(clients.health)).toBe('serving')
    expect(await checkHealth(clients.health, { service: 'nobody' })).toBe('not-serving')
    controller.abort()
    await expect(watching.next()).rejects.toThrow()
  })

  it('is unreachable where nothing listens, and serving where the service is not known', async () => {
    const server = createServer()
    const clients = connect({ uri: await listen(server) })
    expect(await checkHealth(clients.health)).toBe('serving')
    await server.forceShutdown()
    expect(await checkHealth(clients.health)).toBe('unreachable')
    await expect(checkHealth(clients.health, { signal: AbortSignal.abort() })).rejects.toThrow()
  })
})

it('a raw definition passes fields on that these protos do not know', async () => {
  const definition = toRawDefinition(RivaSpeechRecognitionDefinition)
  const server = createServer()
  const received: Uint8Array[] = []
  server.add(definition, {
    async recognize(bytes) {
      return bytes
    },
    async *streamingRecognize(messages) {
      for await (const bytes of messages) {
        received.push(bytes)
        // Field 99, length-delimited, "new": no such field in any proto.
        yield Uint8Array.from([0x9a, 0x06, 3, 0x6e, 0x65, 0x77])
      }
    },
    async getRivaSpeechRecognitionConfig(bytes) {
      return bytes
    },
  })
  const { asr } = connect({ uri: await listen(server) })
  const force = { runtimeConfig: { force_eou: 'true' } }
  for await (const response of asr.streamingRecognize(requests(force))) {
    expect(response.results).toEqual([])
  }
  const [bytes = new Uint8Array()] = received
  expect(StreamingRecognizeRequest.decode(bytes).runtimeConfig).toEqual(force.runtimeConfig)
})

async function* requests<T>(...messages: T[]): AsyncGenerator<T> {
  yield* messages
}
