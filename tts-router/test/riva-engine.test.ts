import { Status } from 'nice-grpc'
import { expect, it } from 'vitest'
import { createRivaEngine } from '../src/engines/riva/riva-engine.ts'
import { startTestRiva } from './riva-server.ts'
import { testTtsProvider } from './tts-provider.ts'

const engineAt = (uri: string) =>
  createRivaEngine({ uri, ssl: false, apiKey: undefined, functionId: undefined })

testTtsProvider('riva engine at a server that hums', async () => {
  const riva = await startTestRiva()
  return { engine: engineAt(riva.uri), running: riva.running, close: riva.close }
})

it.each([
  [Status.UNAVAILABLE, 'unavailable'],
  [Status.RESOURCE_EXHAUSTED, 'overloaded'],
  [Status.INVALID_ARGUMENT, 'bad-request'],
  [Status.DEADLINE_EXCEEDED, 'timeout'],
])('classifies the server’s status %i as %s', async (status, code) => {
  const riva = await startTestRiva()
  const engine = engineAt(riva.uri)
  try {
    riva.failNext(status)
    const voice = { name: 'Hum.EN-US.Low', language: 'en-US' }
    const request = { text: 'Hello', voice, sampleRateHz: 8_000 }
    const audio = engine.synthesize(request, { signal: AbortSignal.timeout(5_000) })
    await expect(audio[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code })
  } finally {
    await engine.close()
    await riva.close()
  }
})
