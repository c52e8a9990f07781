import { SpeechError } from '../errors.ts'
import { type AudioFormat, createAudioDecoder, modelRateHz } from './audio-decoder.ts'
import type { EndpointingSettings } from './endpointing.ts'
import type { AsrEngines } from './engines.ts'
import type { WordBoost } from './phrase-trie.ts'
import { Recognition, type RecognitionEvent } from './recognition.ts'

export type FinalEvent = Extract<RecognitionEvent, { kind: 'final' }>

const maxSeconds = 900
const pieceSamples = modelRateHz

/**
 * A whole recording, utterance by utterance.
 * @throws {SpeechError}
 */
export async function recognizeWhole(
  engines: AsrEngines,
  audio: Uint8Array,
  options: {
    readonly format: AudioFormat
    readonly endpointing: EndpointingSettings
    readonly boosts: readonly WordBoost[]
    readonly signal: AbortSignal
  },
): Promise<readonly FinalEvent[]> {
  const decoder = createAudioDecoder(options.format)
  const finals: FinalEvent[] = []
  let failure: { readonly error: unknown } | undefined
  const recognition = new Recognition({
    engines,
    endpointing: options.endpointing,
    boosts: options.boosts,
    interimResults: false,
    emit: (event) => {
      if (event.kind === 'final') finals.push(event)
    },
    onError: (error) => {
      failure ??= { error }
    },
    signal: options.signal,
  })
  for (const pcm of [decoder.push(audio), decoder.flush()]) {
    if (pcm.length > maxSeconds * modelRateHz) {
      throw new SpeechError('invalid-request', `a recording may be ${maxSeconds} seconds long`)
    }
    for (let from = 0; from < pcm.length; from += pieceSamples) {
      await recognition.accept(pcm.subarray(from, from + pieceSamples))
      if (failure) throw failure.error
    }
  }
  await recognition.finish()
  if (failure) throw failure.error
  return finals
}
