import { setTimeout as sleep } from 'node:timers/promises'
import { AudioEncoding, createRivaClients, type RivaClients, toRivaError } from '@trunkline/riva'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Service } from '../src/service.ts'
import { startService } from './service-under-test.ts'

const format = {
  encoding: AudioEncoding.LINEAR_PCM,
  sampleRateHertz: 16_000,
  languageCode: 'en-US',
}
const configMessage = (config: object = {}) => ({
  streamingRequest: {
    $case: 'streamingConfig' as const,
    value: { config: { ...format, ...config }, interimResults: true },
  },
})
const audioMessage = (bytes: number) => ({
  streamingRequest: { $case: 'audioContent' as const, value: new Uint8Array(bytes) },
})

async function drain(responses: AsyncIterable<unknown>): Promise<number> {
  let count = 0
  for await (const _ of responses) count += 1
  return count
}

describe('the speech server, used wrongly', () => {
  let service: Service
  let clients: RivaClients
  beforeAll(async () => {
    service = await startService({ streamIdleMs: 200 })
    clients = createRivaClients({ uri: service.grpcAddress })
  })
  afterAll(async () => {
    clients?.close()
    await service?.close()
  })

  it('forgets a stream that brings no audio, with the status Riva gives', async () => {
    const stop = new AbortController()
    async function* idle() {
      yield configMessage()
      yield audioMessage(3_200)
      await sleep(30_000, undefined, { signal: stop.signal }).catch(() => undefined)
    }
    const stream = drain(clients.asr.streamingRecognize(idle()))
    await expect(stream).rejects.toSatisfy((error) => toRivaError(error).code === 'stream-expired')
    stop.abort()
  })

  it.each([
    ['a rate too low', { sampleRateHertz: 4_000 }],
    ['a rate too high', { sampleRateHertz: 96_000 }],
    ['stereo', { audioChannelCount: 2 }],
    ['Opus', { encoding: AudioEncoding.OGGOPUS }],
    [
      'no format and no header',
      { encoding: AudioEncoding.ENCODING_UNSPECIFIED, sampleRateHertz: 0 },
    ],
  ])('refuses %s', async (_, config) => {
    async function* requests() {
      yield configMessage(config)
      yield audioMessage(3_200)
    }
    const stream = drain(clients.asr.streamingRecognize(requests()))
    await expect(stream).rejects.toSatisfy((error) => toRivaError(error).code === 'invalid-request')
  })

  it('refuses a second configuration', async () => {
    async function* requests() {
      yield configMessage()
      yield audioMessage(3_200)
      yield configMessage()
    }
    const stream = drain(clients.asr.streamingRecognize(requests()))
    await expect(stream).rejects.toSatisfy((error) => toRivaError(error).code === 'invalid-request')
  })

  it('takes a chunk that ends in the middle of a sample, and an empty one', async () => {
    async function* requests() {
      yield configMessage()
      for (const bytes of [3_201, 0, 1, 3_199]) yield audioMessage(bytes)
    }
    expect(await drain(clients.asr.streamingRecognize(requests()))).toBe(0)
  })

  it('serves the next caller after one hung up in the middle of a word', async () => {
    const stop = new AbortController()
    const { audio } = await clients.tts.synthesize({
      text: 'Could you please check my reservation?',
      languageCode: 'en-US',
      sampleRateHz: 16_000,
      encoding: AudioEncoding.LINEAR_PCM,
    })
    async function* requests() {
      yield configMessage()
      for (let at = 0; at < audio.length; at += 3_200) {
        yield {
          streamingRequest: {
            $case: 'audioContent' as const,
            value: audio.subarray(at, at + 3_200),
          },
        }
        await sleep(20)
      }
    }
    const hungUp = (async () => {
      for await (const _ of clients.asr.streamingRecognize(requests(), { signal: stop.signal })) {
        stop.abort()
      }
    })()
    await expect(hungUp).rejects.toThrow()
    const { results } = await clients.asr.recognize({ config: format, audio })
    expect(results[0]?.alternatives[0]?.transcript).toContain('reservation')
    const metrics = await (await fetch(`${service.url}/metrics`)).text()
    expect(metrics).toMatch(/^speech_active_streams 0$/m)
  })

  it('answers HTTP: ready, metrics with a figure for what was done, and what it does not take', async () => {
    expect((await fetch(`${service.url}/v1/health/ready`)).status).toBe(200)
    expect((await fetch(`${service.url}/readyz`)).status).toBe(200)
    const metrics = await (await fetch(`${service.url}/metrics`)).text()
    expect(metrics).toMatch(/speech_failed_calls_total\{[^}]*status="INVALID_ARGUMENT"\} [1-9]/)
    const wrong = await fetch(`${service.url}/v1/audio/transcriptions`, {
      method: 'POST',
      body: new FormData(),
    })
    expect(wrong.status).toBe(400)
  })
})

describe('POST /v1/audio/transcriptions', () => {
  it('gives the text of a WAV file as an OpenAI client asks for it', async () => {
    const service = await startService()
    const clients = createRivaClients({ uri: service.grpcAddress })
    try {
      const { audio } = await clients.tts.synthesize({
        text: 'What time is breakfast?',
        languageCode: 'en-US',
        sampleRateHz: 16_000,
        encoding: AudioEncoding.LINEAR_PCM,
      })
      const form = new FormData()
      form.set('model', 'whisper-1')
      form.set('file', new File([toWav(audio)], 'speech.wav'))
      const response = await fetch(`${service.url}/v1/audio/transcriptions`, {
        method: 'POST',
        body: form,
      })
      expect(response.status).toBe(200)
      expect(await response.json()).toEqual({ text: expect.stringMatching(/breakfast/i) })
    } finally {
      clients.close()
      await service.close()
    }
  })
})

function toWav(pcm: Uint8Array): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(36 + pcm.length, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(16_000, 24)
  header.writeUInt32LE(32_000, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(pcm.length, 40)
  return new Uint8Array([...header, ...pcm])
}
