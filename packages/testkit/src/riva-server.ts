import {
  AudioEncoding,
  checkHealth,
  createRivaClients,
  type RivaClients,
  toRivaError,
} from '@trunkline/riva'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  audioMessage,
  chunkBytes,
  chunks,
  language,
  recognitionConfig,
  recognize,
  sampleRateHz,
  say,
  silence,
  synthesisConfig,
  transcriptOf,
} from './riva-caller.ts'

/** A server under test. */
export interface RivaServerCase {
  /** `host:port` of its gRPC. */
  readonly uri: string
  close(): Promise<void>
}

const sentence = 'Hello, do you have a double room from the third to the fifth of December?'
const needed = ['double', 'room', 'december']

/**
 * What every server on Riva's wire has to do, in words of its own clients: the CPU stand-in and NVIDIA's server run
 * the same suite. The caller's voice is the server's own.
 */
export function testRivaServer(name: string, connect: () => Promise<RivaServerCase>): void {
  describe(name, () => {
    let server: RivaServerCase
    let clients: RivaClients
    let speech: Uint8Array

    beforeAll(async () => {
      server = await connect()
      clients = createRivaClients({ uri: server.uri })
      speech = await say(clients, sentence)
    })
    afterAll(async () => {
      clients?.close()
      await server?.close()
    })

    it('is serving, and names its models and voices', async () => {
      expect(await checkHealth(clients.health)).toBe('serving')
      const { modelConfig } = await clients.asr.getRivaSpeechRecognitionConfig({})
      const types = modelConfig.map(({ parameters }) => parameters['type'])
      expect(types).toEqual(expect.arrayContaining(['online', 'offline']))
      for (const { parameters } of modelConfig) expect(parameters['language_code']).toMatch(/\w/)
      const voices = await clients.tts.getRivaSynthesisConfig({})
      expect(voices.modelConfig.length).toBeGreaterThan(0)
      for (const { parameters } of voices.modelConfig) {
        expect(parameters['language_code']).toMatch(/^\w\w-\w\w/)
        expect(parameters['voice_name']).toMatch(/\w/)
        expect(parameters['subvoices']).toMatch(/\w/)
      }
    })

    it('gives cumulative interims, and a final when the caller is silent', async () => {
      const responses = await recognize(clients, [...chunks(speech), ...silence(1_500)], {
        paceMs: 20,
      })
      const results = responses.flatMap((response) => response.results)
      const firstFinal = results.findIndex((result) => result.isFinal)
      expect(firstFinal).toBeGreaterThan(0)
      for (const { stability, isFinal } of results) {
        if (isFinal) continue
        expect(stability).toBeLessThan(1)
      }
      expectUnderstood(transcriptOf(responses))
      const final = results[firstFinal]
      expect(final?.audioProcessed).toBeGreaterThan(1)
    })

    it('answers a forced end with the text at once, and with nothing when nothing was said', async () => {
      const responses = await recognize(
        clients,
        [...chunks(speech), ...silence(300), 'force', ...silence(300), 'force'],
        { paceMs: 20, stopHistoryMs: 8_000 },
      )
      const finals = responses.filter(({ results }) => results.some((result) => result.isFinal))
      expect(finals).toHaveLength(1)
      expectUnderstood(transcriptOf(responses))
      expect(
        transcriptOf(responses.slice(responses.findIndex((one) => finals.includes(one)) + 1)),
      ).toBe('')
    })

    it('gives several finals on one stream, later ones with a space in front', async () => {
      const responses = await recognize(
        clients,
        [...chunks(speech), ...silence(1_200), ...chunks(speech), ...silence(1_200)],
        { interimResults: false },
      )
      const finals = responses.flatMap(({ results }) => results.filter((result) => result.isFinal))
      expect(responses.flatMap(({ results }) => results).every((result) => result.isFinal)).toBe(
        true,
      )
      expect(finals.length).toBeGreaterThanOrEqual(2)
      expect(finals[0]?.alternatives[0]?.transcript).toMatch(/^\S/)
      expect(finals[1]?.alternatives[0]?.transcript).toMatch(/^ \S/)
      const times = finals.map(({ audioProcessed }) => audioProcessed)
      expect(times).toEqual(times.toSorted((left, right) => left - right))
    })

    it('ends what was begun when the client closes its side', async () => {
      expectUnderstood(transcriptOf(await recognize(clients, chunks(speech))))
    })

    it('hears nothing in silence', async () => {
      expect(transcriptOf(await recognize(clients, silence(2_000)))).toBe('')
    })

    it('recognises a whole recording', async () => {
      const { results } = await clients.asr.recognize({
        config: { ...recognitionConfig, languageCode: language },
        audio: speech,
      })
      expectUnderstood(results.map(({ alternatives }) => alternatives[0]?.transcript).join(' '))
    })

    it('reads a file with its WAV header when encoding and rate are unset', async () => {
      const file = new Uint8Array([...wavHeader(speech.length), ...speech])
      const responses = await recognize(clients, chunks(file), {
        config: {
          encoding: AudioEncoding.ENCODING_UNSPECIFIED,
          sampleRateHertz: 0,
          audioChannelCount: 0,
        },
      })
      expectUnderstood(transcriptOf(responses))
    })

    it('refuses a language without a model, and audio before the configuration', async () => {
      const unknown = recognize(clients, chunks(speech), { config: { languageCode: 'tlh-KX' } })
      await expect(unknown).rejects.toSatisfy(
        (error) => toRivaError(error).code === 'model-unavailable',
      )
      async function* audioFirst() {
        yield audioMessage(new Uint8Array(chunkBytes))
      }
      const headless = collect(clients.asr.streamingRecognize(audioFirst()))
      await expect(headless).rejects.toSatisfy(
        (error) => toRivaError(error).code === 'invalid-request',
      )
    })

    it('understands two callers at once while it speaks to a third', async () => {
      const [first, second, spoken] = await Promise.all([
        recognize(clients, [...chunks(speech), ...silence(500), 'force'], { paceMs: 30 }),
        recognize(clients, [...chunks(speech), ...silence(500), 'force'], { paceMs: 30 }),
        say(clients, `${sentence} ${sentence} ${sentence}`),
      ])
      expectUnderstood(transcriptOf(first))
      expectUnderstood(transcriptOf(second))
      expect(spoken.length).toBeGreaterThan(2 * speech.length)
    })

    it.each([8_000, 16_000, 22_050, 24_000, 44_100, 48_000])('speaks at %i Hz', async (rate) => {
      const text = 'Good morning, this is the front desk.'
      const request = { ...synthesisConfig, text }
      const reference = await clients.tts.synthesize(request)
      const other = await clients.tts.synthesize({ ...request, sampleRateHz: rate })
      expect(other.audio.length / rate).toBeCloseTo(reference.audio.length / sampleRateHz, 0)
      expect(peakOf(other.audio)).toBeGreaterThan(2_000)
    })

    it('streams what it says, for several texts on one call', async () => {
      async function* texts() {
        yield { ...synthesisConfig, text: 'The first sentence is here.' }
        yield { ...synthesisConfig, text: 'And this is the second one.' }
      }
      const pieces = await collect(clients.tts.synthesizeOnline(texts()))
      expect(pieces.length).toBeGreaterThan(1)
      const seconds = pieces.reduce((sum, { audio }) => sum + audio.length, 0) / 2 / sampleRateHz
      expect(seconds).toBeGreaterThan(2)
      for (const { audio } of pieces) expect(audio.length % 2).toBe(0)
    })

    it('stops speaking when the call is cancelled, and serves the next one', async () => {
      const stop = new AbortController()
      async function* text() {
        yield { ...synthesisConfig, text: `${sentence} `.repeat(20) }
      }
      const speaking = (async () => {
        for await (const _ of clients.tts.synthesizeOnline(text(), { signal: stop.signal }))
          stop.abort()
      })()
      await expect(speaking).rejects.toThrow()
      expect((await say(clients, 'Still here.')).length).toBeGreaterThan(chunkBytes)
    })

    it('refuses an empty text and a language without a voice', async () => {
      for (const wrong of [{ text: ' ' }, { text: 'nuqneH', languageCode: 'tlh-KX' }]) {
        const refused = clients.tts.synthesize({ ...synthesisConfig, ...wrong })
        await expect(refused).rejects.toSatisfy((error) => !toRivaError(error).retryable)
      }
    })
  })
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = []
  for await (const item of items) collected.push(item)
  return collected
}

function expectUnderstood(transcript: string): void {
  for (const word of needed) expect(transcript.toLowerCase()).toContain(word)
}

function peakOf(audio: Uint8Array): number {
  const view = new DataView(audio.buffer, audio.byteOffset, audio.byteLength)
  let peak = 0
  for (let at = 0; at + 1 < audio.length; at += 2)
    peak = Math.max(peak, Math.abs(view.getInt16(at, true)))
  return peak
}

function wavHeader(dataBytes: number): Uint8Array {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(36 + dataBytes, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(sampleRateHz, 24)
  header.writeUInt32LE(2 * sampleRateHz, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(dataBytes, 40)
  return header
}
