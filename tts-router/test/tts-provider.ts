import { describe, expect, it } from 'vitest'
import type { EngineVoice, TtsEngine } from '../src/engines/engine.ts'
import { TtsError } from '../src/errors.ts'

export interface TtsProviderCase {
  readonly engine: TtsEngine
  /** Syntheses that the engine's server is working on now, where the server can tell. */
  readonly running?: () => number
  close(): Promise<void>
}

const text = 'Good evening, this is a sentence that is long enough to come in more than one piece.'

async function collect(audio: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of audio) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** What every engine of the tts-router must do, the fake, the stand-in and the real server alike. */
export function testTtsProvider(name: string, create: () => Promise<TtsProviderCase>): void {
  const withEngine = async (
    run: (engine: TtsEngine, voice: EngineVoice, test: TtsProviderCase) => Promise<void>,
  ) => {
    const test = await create()
    try {
      const [voice] = await test.engine.voices({ signal: AbortSignal.timeout(5_000) })
      if (!voice) throw new Error('the engine lists no voice')
      await run(test.engine, voice, test)
    } finally {
      await test.engine.close()
      await test.close()
    }
  }
  const signal = () => AbortSignal.timeout(20_000)

  describe(`testTtsProvider: ${name}`, () => {
    it('lists voices by name and language tag', () =>
      withEngine(async (_engine, voice) => {
        expect(voice.name).not.toBe('')
        expect(voice.language).toMatch(/^[a-z]{2,3}(-[A-Z]{2})?$/)
      }))

    it('streams whole 16-bit samples that are not silence', () =>
      withEngine(async (engine, voice) => {
        let chunks = 0
        const parts: Uint8Array[] = []
        for await (const chunk of engine.synthesize(
          { text, voice, sampleRateHz: 24_000 },
          { signal: signal() },
        )) {
          expect(chunk.byteLength % 2).toBe(0)
          parts.push(chunk)
          chunks += 1
        }
        const audio = Buffer.concat(parts)
        expect(chunks).toBeGreaterThan(1)
        let peak = 0
        for (let at = 0; at < audio.length; at += 2) {
          peak = Math.max(peak, Math.abs(audio.readInt16LE(at)))
        }
        expect(peak).toBeGreaterThan(500)
      }))

    it('gives the asked sample rate: the same words last as long at every rate', () =>
      withEngine(async (engine, voice) => {
        const seconds: number[] = []
        for (const sampleRateHz of [8_000, 24_000]) {
          const audio = await collect(
            engine.synthesize({ text, voice, sampleRateHz }, { signal: signal() }),
          )
          seconds.push(audio.byteLength / 2 / sampleRateHz)
        }
        const [low = 0, high = 0] = seconds
        expect(low).toBeGreaterThan(1)
        expect(Math.abs(low - high)).toBeLessThan(0.2)
      }))

    it('stops the work when the listener leaves or aborts', () =>
      withEngine(async (engine, voice, { running }) => {
        const request = { text: `${text} ${text} ${text}`, voice, sampleRateHz: 24_000 }
        for await (const chunk of engine.synthesize(request, { signal: signal() })) {
          expect(chunk.byteLength).toBeGreaterThan(0)
          break
        }
        const controller = new AbortController()
        const reading = (async () => {
          for await (const _ of engine.synthesize(request, { signal: controller.signal })) {
            controller.abort(new Error('left'))
          }
        })()
        await expect(reading).rejects.toThrow('left')
        if (running) await expect.poll(running).toBe(0)
      }))

    it('says unknown-voice for a voice it does not have', () =>
      withEngine(async (engine) => {
        const voice = { name: 'nobody', language: 'xx-XX' }
        const asking = collect(
          engine.synthesize({ text, voice, sampleRateHz: 24_000 }, { signal: signal() }),
        )
        await expect(asking).rejects.toSatisfy(
          (error) =>
            error instanceof TtsError && ['unknown-voice', 'bad-request'].includes(error.code),
        )
      }))
  })
}
