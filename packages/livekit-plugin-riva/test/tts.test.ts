import { initializeLogger, type tts } from '@livekit/agents'
import { dispose } from '@livekit/rtc-node'
import { ServerError, Status } from 'nice-grpc'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { TTS, type TTSOptions } from '../src/index.ts'
import { type Script, startRiva } from './scripted-riva.ts'
import { withoutUnhandledRejections } from './unhandled-rejections.ts'

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }))
afterAll(() => dispose())

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function start(speak: NonNullable<Script['speak']>, options: Partial<TTSOptions> = {}) {
  const server = await startRiva({ speak })
  cleanups.push(() => server.close())
  const voice = new TTS({ uri: server.uri, ...options })
  cleanups.push(() => voice.close())
  const errors: Parameters<tts.TTSCallbacks['error']>[0][] = []
  voice.on('error', (error) => errors.push(error))
  return { server, voice, errors }
}

const once = { maxRetry: 0, retryIntervalMs: 0, timeoutMs: 5_000 }

async function collect(stream: tts.ChunkedStream) {
  const packets: tts.SynthesizedAudio[] = []
  for await (const packet of stream) packets.push(packet)
  return packets
}

function samplesOf(packets: readonly tts.SynthesizedAudio[]): number[] {
  return packets.flatMap(({ frame }) => [...frame.data])
}

/** s16le of a rising row of numbers. */
function pcm(from: number, count: number): Uint8Array {
  return new Uint8Array(Int16Array.from({ length: count }, (_, index) => from + index).buffer)
}

describe('a synthesis', () => {
  it('sends one request and hands the audio over as it comes, the last frame final', async () => {
    const { server, voice } = await start(
      async function* () {
        const bytes = pcm(0, 1100)
        // Cut in the middle of a sample.
        yield { audio: bytes.subarray(0, 999) }
        yield { audio: bytes.subarray(999) }
      },
      {
        language: 'de-DE',
        voice: 'Some.Voice',
        sampleRateHz: 16_000,
        pronunciations: { Trunkline: 'ˈtrʌŋklaɪn', Riva: 'ˈriːva' },
      },
    )
    const packets = await collect(voice.synthesize('Guten Tag.', once))
    expect(samplesOf(packets)).toEqual(Array.from({ length: 1100 }, (_, index) => index))
    expect(packets.map(({ frame }) => frame.samplesPerChannel)).toEqual([320, 320, 320, 140])
    expect(packets.map(({ final }) => final)).toEqual([false, false, false, true])
    expect(packets.every(({ frame }) => frame.sampleRate === 16_000 && frame.channels === 1)).toBe(
      true,
    )
    expect(server.speakings).toHaveLength(1)
    expect(server.speakings[0]?.requests).toMatchObject([
      {
        text: 'Guten Tag.',
        languageCode: 'de-DE',
        voiceName: 'Some.Voice',
        encoding: 1,
        sampleRateHz: 16_000,
        customDictionary: 'Trunkline  ˈtrʌŋklaɪn,Riva  ˈriːva',
      },
    ])
  })

  it('marks the last frame when the audio ends on a whole one', async () => {
    const { voice } = await start(async function* () {
      yield { audio: pcm(0, 960) }
    })
    const packets = await collect(voice.synthesize('Hello.', once))
    expect(packets.map(({ final }) => final)).toEqual([false, true])
  })

  it('asks the server for nothing when there is nothing to say', async () => {
    const { server, voice } = await start(async function* () {
      yield { audio: pcm(0, 960) }
    })
    expect(await collect(voice.synthesize(' … ', once))).toEqual([])
    expect(server.speakings).toEqual([])
  })

  it('aborts synthesis when the frame consumer leaves', async () => {
    const { server, voice, errors } = await start(endless)
    for await (const _ of voice.synthesize('A long story.', once)) break
    await server.until(() => server.speakings[0]?.isOver ?? false)
    expect(errors).toEqual([])
  })

  it('aborts synthesis when its signal is aborted', async () => {
    const { server, voice, errors } = await start(endless)
    const controller = new AbortController()
    const stream = voice.synthesize('A long story.', once, controller.signal)
    await stream.next()
    controller.abort()
    await server.until(() => server.speakings[0]?.isOver ?? false)
    await collect(stream)
    expect(errors).toEqual([])
  })

  it('does not begin when its signal was aborted before', async () => {
    const { server, voice } = await start(endless)
    expect(await collect(voice.synthesize('Too late.', once, AbortSignal.abort()))).toEqual([])
    expect(server.speakings).toEqual([])
  })

  it('speaks a stream of text sentence by sentence', async () => {
    const { server, voice } = await start(async function* () {
      yield { audio: pcm(0, 480) }
    })
    const stream = voice.stream()
    stream.pushText(
      'This is the first sentence of two. And this is the second one, a little longer.',
    )
    stream.endInput()
    let frames = 0
    for await (const packet of stream) if (typeof packet !== 'symbol') frames += 1
    expect(frames).toBe(2)
    expect(server.speakings.map(({ requests }) => requests[0]?.text)).toEqual([
      'This is the first sentence of two.',
      'And this is the second one, a little longer.',
    ])
  })
})

describe('a synthesis that fails', () => {
  it('is repeated while nothing was handed over', async () => {
    const { server, voice } = await start(async function* (_, call) {
      if (call === 0) throw new ServerError(Status.UNAVAILABLE, 'Socket closed')
      yield { audio: pcm(0, 480) }
    })
    const packets = await collect(voice.synthesize('Again.', { ...once, maxRetry: 1 }))
    expect(packets).toHaveLength(1)
    expect(server.speakings).toHaveLength(2)
  })

  it('is not repeated once audio was handed over', async () => {
    const { server, voice, errors } = await start(async function* () {
      yield { audio: pcm(0, 960) }
      throw new ServerError(Status.UNAVAILABLE, 'Socket closed')
    })
    await withoutUnhandledRejections(async () => {
      const packets = await collect(voice.synthesize('Once only.', { ...once, maxRetry: 3 }))
      expect(packets).toHaveLength(1)
    })
    expect(server.speakings).toHaveLength(1)
    expect(errors).toMatchObject([
      { recoverable: false, error: { name: 'APIConnectionError', retryable: false } },
    ])
  })

  it.each([
    [Status.INVALID_ARGUMENT, 'voice not found', 'APIStatusError', 400],
    [Status.UNAUTHENTICATED, 'bad key', 'APIStatusError', 401],
    [Status.RESOURCE_EXHAUSTED, 'queue full', 'APIStatusError', 429],
    [Status.INTERNAL, 'broken', 'APIStatusError', 500],
    [Status.UNAVAILABLE, 'Socket closed', 'APIConnectionError', undefined],
    [Status.DEADLINE_EXCEEDED, 'too slow', 'APITimeoutError', undefined],
  ])('tells gRPC status %i (%s) as %s', async (status, details, name, statusCode) => {
    const { voice, errors } = await start(async function* () {
      yield* []
      throw new ServerError(status, details)
    })
    await withoutUnhandledRejections(() => collect(voice.synthesize('Secret words.', once)))
    const [told] = errors
    expect(told?.error).toMatchObject(statusCode === undefined ? { name } : { name, statusCode })
    expect(told?.error.message).not.toMatch(/Secret/)
  })

  it('times out when the server says nothing', async () => {
    const { server, voice, errors } = await start(async function* (_, __, signal) {
      await aborted(signal)
      yield {}
    })
    await withoutUnhandledRejections(() =>
      collect(voice.synthesize('Hello?', { ...once, timeoutMs: 50 })),
    )
    expect(errors).toMatchObject([{ error: { name: 'APITimeoutError' } }])
    await server.until(() => server.speakings[0]?.isOver ?? false)
  })
})

async function* endless(_: unknown, __: number, signal: AbortSignal) {
  for (let from = 0; !signal.aborted; from += 480) {
    yield { audio: pcm(from % 30_000, 480) }
    await new Promise((resolve) => setImmediate(resolve))
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
