import { createResampler } from '@trunkline/telephony'
import { SpeechError } from '../errors.ts'
import { WorkerPool } from '../workers/worker-pool.ts'
import { readEspeakLanguages, type SpeechChunk, streamEspeak } from './espeak.ts'
import type { FliteJob, Speech } from './flite.ts'
import { splitSentences } from './sentences.ts'
import { toSpokenAscii } from './spoken-text.ts'
import { espeakVoices, fliteVoices, type Voice } from './voices.ts'

export interface SynthesisRequest {
  readonly text: string
  readonly voice: Voice
  /** 0 takes the voice's own. */
  readonly sampleRateHz: number
}

export interface Synthesis {
  readonly voices: readonly Voice[]
  readonly isAlive: boolean
  ready(): Promise<void>
  /**
   * Mono audio in pieces of 200 ms at most, the first as soon as the first sentence is there. Leaving the iteration or
   * aborting the signal ends the work.
   * @throws {SpeechError}
   */
  stream(
    request: SynthesisRequest,
    options: { readonly signal: AbortSignal },
  ): AsyncIterable<Speech>
  close(): Promise<void>
}

const pieceMs = 200
/** Children at once; each lives for some ten milliseconds. */
const maxChildren = 8

export async function createSynthesis({
  espeakProgram,
  onCrash,
}: {
  espeakProgram: string
  onCrash: (cause: unknown) => void
}): Promise<Synthesis> {
  const workers = new WorkerPool<FliteJob, Speech>({
    script: new URL('./tts-worker.ts', import.meta.url),
    size: 1,
    maxWaiting: 64,
    jobTimeoutMs: 20_000,
    onCrash,
  })
  const voices = [...fliteVoices, ...espeakVoices(await readEspeakLanguages(espeakProgram))]
  let children = 0

  async function* speakFlite(text: string, voice: string, signal: AbortSignal) {
    for (const sentence of splitSentences(toSpokenAscii(text))) {
      yield await workers.run({ text: sentence, voice }, { signal })
    }
  }

  async function* speakEspeak(text: string, voice: string, signal: AbortSignal) {
    if (children >= maxChildren)
      throw new SpeechError('overloaded', 'too many voices speak at once')
    children += 1
    try {
      yield* streamEspeak(espeakProgram, { text, voice, signal })
    } finally {
      children -= 1
    }
  }

  return {
    voices,
    get isAlive() {
      return workers.alive > 0
    },
    ready: () => workers.ready(),
    close: () => workers.close(),
    async *stream({ text, voice, sampleRateHz }, { signal }) {
      const speak = voice.engine === 'flite' ? speakFlite : speakEspeak
      for await (const speech of atRate(speak(text, voice.engineVoice, signal), sampleRateHz)) {
        const pieceSamples = Math.ceil((speech.sampleRateHz * pieceMs) / 1_000)
        for (let from = 0; from < speech.pcm.length; from += pieceSamples) {
          signal.throwIfAborted()
          yield { ...speech, pcm: speech.pcm.subarray(from, from + pieceSamples) }
        }
      }
    },
  }
}

async function* atRate(
  chunks: AsyncIterable<SpeechChunk>,
  wantedHz: number,
): AsyncGenerator<Speech> {
  let resampler: ReturnType<typeof createResampler> | undefined
  let toHz = wantedHz
  for await (const { pcm, sampleRateHz } of chunks) {
    toHz ||= sampleRateHz
    resampler ??= createResampler({ fromHz: sampleRateHz, toHz })
    yield { pcm: resampler.push(pcm), sampleRateHz: toHz }
  }
  if (resampler) yield { pcm: resampler.flush(), sampleRateHz: toHz }
}
