import { type APIConnectOptions, initializeLogger, stt } from '@livekit/agents'
import { AudioFrame, dispose } from '@livekit/rtc-node'
import { createRivaClients } from '@trunkline/riva'
import { ServerError, Status } from 'nice-grpc'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { behindMsOf, type FinalLatency, STT, type STTOptions } from '../src/index.ts'
import { final, interim, type Script, startRiva } from './scripted-riva.ts'

const { START_OF_SPEECH, INTERIM_TRANSCRIPT, FINAL_TRANSCRIPT, END_OF_SPEECH, RECOGNITION_USAGE } =
  stt.SpeechEventType

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }))
// An FFI handle (a resampler, for one) keeps the process alive until this.
afterAll(() => dispose())

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function riva(script: Script, options?: { port?: number }) {
  const server = await startRiva(script, options)
  cleanups.push(() => server.close())
  return server
}

function listenTo(uri: string, options: Partial<STTOptions> = {}, connOptions?: APIConnectOptions) {
  const recogniser = new STT({ uri, ...options })
  const errors: Parameters<stt.STTCallbacks['error']>[0][] = []
  recogniser.on('error', (error) => errors.push(error))
  const stream = recogniser.stream(connOptions ? { connOptions } : {})
  cleanups.push(() => recogniser.close())
  return { recogniser, stream, errors, ...watch(stream) }
}

/** Collects a stream's events, and waits for those still to come. */
function watch(stream: stt.SpeechStream) {
  const events: stt.SpeechEvent[] = []
  const changes = new EventTarget()
  const texts = (type: stt.SpeechEventType) =>
    events.filter((event) => event.type === type).map((event) => event.alternatives?.[0].text)
  const ended = (async () => {
    for await (const event of stream) {
      events.push(event)
      changes.dispatchEvent(new Event('change'))
    }
  })()
  const until = (claim: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => claim() && resolve()
      changes.addEventListener('change', look)
      look()
    })
  return { events, texts, ended, until }
}

/** Frames of 20 ms at 16 kHz, every sample the given value. */
function frames(durationMs: number, value = 1000): AudioFrame[] {
  return Array.from(
    { length: durationMs / 20 },
    () => new AudioFrame(new Int16Array(320).fill(value), 16_000, 1, 320),
  )
}

function push(stream: stt.SpeechStream, audio: readonly AudioFrame[]): void {
  for (const frame of audio) stream.pushFrame(frame)
}

describe('a recognition', () => {
  it('sends the configuration first and then audio in chunks of 80 ms', async () => {
    const server = await riva({})
    const { stream } = listenTo(server.uri, {
      language: 'de-DE',
      endpointing: { stopHistoryMs: 560 },
      wordBoosts: [{ phrases: ['Doppelzimmer'], boost: 20 }],
    })
    push(stream, frames(400))
    await server.until(() => (server.hearings[0]?.audioMs ?? 0) >= 400)
    const [hearing] = server.hearings
    expect(hearing?.config).toMatchObject({
      interimResults: true,
      config: {
        encoding: 1,
        sampleRateHertz: 16_000,
        audioChannelCount: 1,
        languageCode: 'de-DE',
        enableWordTimeOffsets: true,
        speechContexts: [{ phrases: ['Doppelzimmer'], boost: 20 }],
        endpointingConfig: { stopHistory: 560, startHistory: undefined },
      },
    })
    expect(hearing?.chunks.slice(0, 5).map((chunk) => chunk.length)).toEqual(Array(5).fill(2560))
    expect(hearing?.samples.subarray(0, 6400).every((sample) => sample === 1000)).toBe(true)
  })

  it('tells start, interims, final, end and the seconds that were used', async () => {
    const server = await riva({
      hear: ({ chunks }) => {
        if (chunks.length === 1) return [interim(' do you')]
        if (chunks.length === 2) return [{ results: [] }, interim(' do you have')]
        if (chunks.length === 3) {
          const words = [{ word: 'do', startTime: 20, endTime: 60 }]
          return [final(' do you have a room ', { audioProcessed: 0.24, words })]
        }
        return []
      },
    })
    const { stream, events, until } = listenTo(server.uri)
    push(stream, frames(240))
    await until(() => events.some(({ type }) => type === RECOGNITION_USAGE))
    expect(events.map(({ type }) => type)).toEqual([
      START_OF_SPEECH,
      INTERIM_TRANSCRIPT,
      INTERIM_TRANSCRIPT,
      FINAL_TRANSCRIPT,
      END_OF_SPEECH,
      RECOGNITION_USAGE,
    ])
    const heard = events[3]?.alternatives?.[0]
    expect(heard).toMatchObject({ text: 'do you have a room', language: 'en-US' })
    expect(heard?.confidence).toBeCloseTo(0.9)
    expect(heard?.words?.[0]?.text).toBe('do')
    expect(heard?.endTime).toBeCloseTo(stream.startTimeOffset + 0.06)
    expect(events[5]?.recognitionUsage?.audioDuration).toBeGreaterThanOrEqual(0.24)
  })

  it('tells with an interim how much of the audio the server has not heard yet', async () => {
    const server = await riva({
      hear: ({ chunks }) => {
        if (chunks.length === 2) return [interim('do')]
        return chunks.length === 3 ? [interim('do you', { audioProcessed: 0.125 })] : []
      },
    })
    const { stream, events, texts, until } = listenTo(server.uri)
    push(stream, frames(240))
    await until(() => texts(INTERIM_TRANSCRIPT).length === 2)
    const [first, second] = events.filter(({ type }) => type === INTERIM_TRANSCRIPT)
    expect(first && behindMsOf(first)).toBeUndefined()
    // Of 240 ms and of any silence since then.
    expect(second && behindMsOf(second)).toBeGreaterThanOrEqual(115)
  })

  it('forces the end of the utterance on flush', async () => {
    const server = await riva({
      hear: ({ flushesAtMs, audioMs }) =>
        flushesAtMs.length > 0 ? [final('now', { audioProcessed: audioMs / 1000 })] : [],
    })
    const latencies: FinalLatency[] = []
    const onFinal = (latency: FinalLatency) => latencies.push(latency)
    const { recogniser, stream, texts, until } = listenTo(server.uri, { onFinal })
    push(stream, frames(200))
    recogniser.flush()
    await until(() => texts(FINAL_TRANSCRIPT).length > 0)
    // All 200 ms before it, also the part that filled no chunk.
    expect(server.hearings[0]?.flushesAtMs).toEqual([200])
    expect(texts(FINAL_TRANSCRIPT)[0]).toBe('now')
    expect(latencies[0]?.sinceFlushMs).toBeGreaterThan(0)
    expect(latencies[0]?.behindMs).toBe(0)
  })

  it('sends silence while no audio comes', async () => {
    const server = await riva({})
    const { stream } = listenTo(server.uri)
    push(stream, frames(80))
    await server.until(() => (server.hearings[0]?.audioMs ?? 0) >= 800)
    const samples = server.hearings[0]?.samples ?? new Int16Array()
    expect(samples.subarray(0, 1280).every((sample) => sample === 1000)).toBe(true)
    expect(samples.subarray(1280).every((sample) => sample === 0)).toBe(true)
  })

  it('takes audio of another rate and of two channels', async () => {
    const server = await riva({})
    const { stream } = listenTo(server.uri)
    for (let count = 0; count < 50; count += 1) {
      stream.pushFrame(new AudioFrame(new Int16Array(320).fill(500), 8_000, 2, 160))
    }
    stream.endInput()
    await server.until(() => server.hearings[0]?.isEnded ?? false)
    const loud = server.hearings[0]?.samples.filter((sample) => Math.abs(sample - 500) < 25)
    expect((loud?.length ?? 0) / 16).toBeGreaterThan(800)
  })

  it('ends when its input has ended and everything is heard', async () => {
    const server = await riva({
      hear: ({ isEnded }) => (isEnded ? [final('the rest')] : []),
    })
    const { stream, ended, texts } = listenTo(server.uri)
    push(stream, frames(100))
    stream.endInput()
    await ended
    expect(texts(FINAL_TRANSCRIPT)).toEqual(['the rest'])
    expect(server.hearings).toHaveLength(1)
    expect(server.hearings[0]?.audioMs).toBe(100)
  })

  it('cancels the call when it is closed', async () => {
    const server = await riva({})
    const { stream, ended } = listenTo(server.uri)
    push(stream, frames(80))
    await server.until(() => (server.hearings[0]?.chunks.length ?? 0) > 0)
    stream.close()
    await server.until(() => server.hearings[0]?.isEnded ?? false)
    await ended
    expect(server.hearings).toHaveLength(1)
  })

  it('asks in the new language after a change, and repeats what no final holds', async () => {
    const server = await riva({
      hear: (hearing, call) =>
        call === 0 && hearing.chunks.length === 2 ? [interim('guten')] : [],
    })
    const { recogniser, stream, events, until } = listenTo(server.uri)
    push(stream, frames(160, 7))
    await until(() => events.some(({ type }) => type === INTERIM_TRANSCRIPT))
    recogniser.updateOptions({ language: 'de-DE' })
    await server.until(() => (server.hearings[1]?.audioMs ?? 0) >= 160)
    expect(server.hearings[1]?.config?.config?.languageCode).toBe('de-DE')
    expect(server.hearings[1]?.samples.subarray(0, 2560).every((sample) => sample === 7)).toBe(true)
  })

  it('recognises a whole recording by the unary call', async () => {
    const server = await riva({
      recognize: ({ config, audio }) => ({
        results: [
          { alternatives: [{ transcript: `${config?.sampleRateHertz} Hz, ` }] },
          { alternatives: [{ transcript: `${audio.length} bytes ` }] },
        ],
      }),
    })
    const recogniser = new STT({ uri: server.uri })
    cleanups.push(() => recogniser.close())
    const { alternatives } = await recogniser.recognize(frames(40))
    expect(alternatives?.[0].text).toBe('16000 Hz, 1280 bytes')
  })
})

describe('a recognition whose server fails', () => {
  it('keeps hearing after the server is restarted, from the last final on', async () => {
    const first = await riva({
      hear: ({ chunks }) => {
        if (chunks.length === 5) return [final('first', { audioProcessed: 0.4 })]
        return chunks.length === 10 ? [interim('sec')] : []
      },
    })
    const { stream, texts, events, until } = listenTo(first.uri)
    push(stream, [...frames(400, 1), ...frames(400, 2)])
    await until(() => texts(INTERIM_TRANSCRIPT).length > 0)
    await first.close()
    push(stream, frames(400, 3))
    const words = [{ word: 'second', startTime: 0, endTime: 500 }]
    const second = await riva(
      { hear: ({ chunks }) => (chunks.length === 10 ? [final('second', { words })] : []) },
      { port: first.port },
    )
    await until(() => texts(FINAL_TRANSCRIPT).length === 2)
    expect(texts(FINAL_TRANSCRIPT)).toEqual(['first', 'second'])
    const replayed = second.hearings[0]?.samples ?? new Int16Array()
    expect(replayed.subarray(0, 6400).every((sample) => sample === 2)).toBe(true)
    expect(replayed.subarray(6400, 12_800).every((sample) => sample === 3)).toBe(true)
    // The second server counts from its own beginning, which lies at 0.4 s.
    const spoken = events.filter(({ type }) => type === FINAL_TRANSCRIPT).at(-1)?.alternatives?.[0]
    expect(spoken?.startTime).toBeCloseTo(stream.startTimeOffset + 0.4)
    expect(spoken?.endTime).toBeCloseTo(stream.startTimeOffset + 0.9)
  })

  it.each([1, 2, 3])(
    'hears every chunk once and in order while servers break (seed %i)',
    async (seed) => {
      const random = createRandom(seed)
      const server = await riva({
        // Understands the value of each chunk's samples; makes a final of every few, and breaks often.
        hear: ({ chunks, samples, audioMs, isEnded }) => {
          if (chunks.length === 0) return []
          if (random() < 0.1) throw new ServerError(Status.UNAVAILABLE, 'Socket closed')
          if (chunks.length % 4 !== 0 && !isEnded) return random() < 0.3 ? [interim('…')] : []
          const understood = [...samples].filter((_, index) => index % 1280 === 0)
          const told = understood.slice(understood.length - (chunks.length % 4 || 4))
          return [final(told.join(' '), { audioProcessed: audioMs / 1000 })]
        },
      })
      const tuning = { maxBufferedMs: 60_000, finalTimeoutMs: Number.POSITIVE_INFINITY }
      const { stream, texts, until } = listenTo(server.uri, tuning)
      const values = Array.from({ length: 60 }, (_, index) => index + 1)
      for (const value of values) push(stream, frames(80, value))
      await until(() => texts(FINAL_TRANSCRIPT).join(' ').split(' ').length >= values.length)
      // Silence is chunks of 0, which come after the last value.
      const heard = texts(FINAL_TRANSCRIPT).join(' ').split(' ').map(Number)
      expect(heard.slice(0, values.length)).toEqual(values)
      expect(server.hearings.length).toBeGreaterThan(1)
    },
  )

  it('does not connect in a hurry to a server that answers and breaks', async () => {
    const server = await riva({
      hear: (_, __, message) => {
        if (message) return [{ results: [] }]
        throw new ServerError(Status.UNAVAILABLE, 'never')
      },
    })
    const broken = await riva({
      hear: (hearing) => {
        if (hearing.chunks.length > 0) throw new ServerError(Status.UNAVAILABLE, 'Socket closed')
        return [{ results: [] }]
      },
    })
    const steady = listenTo(server.uri)
    const restless = listenTo(broken.uri)
    push(steady.stream, frames(80))
    push(restless.stream, frames(80))
    // The steady server's clock: silence of a second.
    await server.until(() => (server.hearings[0]?.audioMs ?? 0) >= 1_000)
    expect(server.hearings).toHaveLength(1)
    expect(broken.hearings.length).toBeGreaterThan(1)
    expect(broken.hearings.length).toBeLessThan(12)
  })

  it('repeats a flush that the broken server did not answer', async () => {
    const server = await riva({
      hear: ({ flushesAtMs }, call) => {
        if (flushesAtMs.length === 0) return []
        if (call === 0) throw new ServerError(Status.UNAVAILABLE, 'Socket closed')
        return [final('heard after all')]
      },
    })
    const { recogniser, stream, texts, until } = listenTo(server.uri)
    push(stream, frames(160))
    recogniser.flush()
    await until(() => texts(FINAL_TRANSCRIPT).length > 0)
    expect(texts(FINAL_TRANSCRIPT)).toEqual(['heard after all'])
    expect(server.hearings[1]?.flushesAtMs[0]).toBe(160)
  })

  it('connects again when the server forgot the idle stream', async () => {
    const server = await riva({
      hear: (_, call, message) => {
        if (call > 0) return message ? [final('again')] : []
        const details = 'inference request must specify the START flag on the first request'
        throw new ServerError(Status.INVALID_ARGUMENT, details)
      },
    })
    const { stream, errors, texts, until } = listenTo(server.uri)
    push(stream, frames(80))
    await until(() => texts(FINAL_TRANSCRIPT).length > 0)
    expect(errors[0]).toMatchObject({ recoverable: true, error: { name: 'APIConnectionError' } })
  })

  it('connects again when the server ends the stream without an error', async () => {
    const server = await startRiva({})
    cleanups.push(() => server.close())
    const clients = createRivaClients({ uri: server.uri })
    cleanups.push(() => clients.close())
    let calls = 0
    const impatient = {
      asr: {
        ...clients.asr,
        streamingRecognize: (...call: Parameters<typeof clients.asr.streamingRecognize>) => {
          calls += 1
          return calls < 3 ? nothing() : clients.asr.streamingRecognize(...call)
        },
      },
    }
    const recogniser = new STT({ clients: impatient })
    cleanups.push(() => recogniser.close())
    push(recogniser.stream(), frames(80))
    await server.until(() => (server.hearings[0]?.audioMs ?? 0) >= 80)
    expect(calls).toBe(3)
  })

  it('takes an interim as final when the server never sends one', async () => {
    const server = await riva({
      hear: ({ chunks, audioMs }) =>
        chunks.length === 4 ? [interim('never final', { audioProcessed: audioMs / 1000 })] : [],
    })
    const { stream, texts, until } = listenTo(server.uri, { finalTimeoutMs: 300 })
    push(stream, frames(320, 5))
    await until(() => texts(FINAL_TRANSCRIPT).length > 0)
    await server.until(() => (server.hearings[1]?.audioMs ?? 0) > 0)
    expect(texts(FINAL_TRANSCRIPT)).toEqual(['never final'])
    // The new stream does not hear the same words again.
    expect(server.hearings[1]?.samples.some((sample) => sample === 5)).toBe(false)
  })

  it('tells a refusal as recoverable, so that the session goes on', async () => {
    const server = await riva({
      hear: () => {
        throw new ServerError(Status.UNAUTHENTICATED, 'no such key')
      },
    })
    const { stream, errors, recogniser } = listenTo(server.uri)
    const told = new Promise((resolve) => recogniser.once('error', resolve))
    push(stream, frames(80))
    await told
    expect(errors[0]).toMatchObject({
      recoverable: true,
      error: { name: 'APIStatusError', statusCode: 401, message: 'riva: unauthenticated' },
    })
  })

  it('fails with an API error when the input has ended and no server is there', async () => {
    const server = await riva({})
    await server.close()
    const connOptions = { maxRetry: 0, retryIntervalMs: 0, timeoutMs: 1000 }
    const { stream, errors, ended } = listenTo(server.uri, {}, connOptions)
    push(stream, frames(80))
    stream.endInput()
    await ended
    expect(errors.at(-1)).toMatchObject({
      recoverable: false,
      error: { name: 'APIConnectionError' },
    })
  })
})

/** The same row of numbers from 0 to 1 for the same seed (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), 1 | state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296
  }
}

async function* nothing(): AsyncGenerator<never> {}
