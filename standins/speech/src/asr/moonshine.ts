import tokenizer from 'llama-tokenizer-js'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { packageFile } from '../package-file.ts'
import type { JobContext } from '../workers/messages.ts'
import { extend, grow, type Hypothesis, searchBeam } from './beam-search.ts'
import { DecoderCache } from './decoder-cache.ts'
import { dropLoops } from './loops.ts'
import { createPhraseTries } from './phrases.ts'
import type { Transcription, TranscriptionJob } from './transcription.ts'

const sampleRateHz = 16_000
const startToken = 1
const endToken = 2
/** Above these the vocabulary holds timestamps and paddings, which are no text. */
const textTokens = 32_000
/** Nobody says more; a model that does is inventing (moonshine's own limit is 6.5). */
const tokensPerSecond = 6
/** The encoder's convolutions need a tenth of a second; shorter audio is filled up with silence. */
/** Four rows cost a step twice what one does; most steps have no rival within the margin and go on with one. */
const beamWidth = 4
const beamMargin = 4
const minSamples = sampleRateHz / 4

export interface Moonshine {
  transcribe(job: TranscriptionJob, context: JobContext): Promise<Transcription>
}

/**
 * Moonshine tiny (English, MIT) with the quantised weights of `@moonshine-ai/moonshine-js`, one thread per session:
 * the pool makes use of the cores.
 */
export async function loadMoonshine(): Promise<Moonshine> {
  const file = (name: string) =>
    packageFile('@moonshine-ai/moonshine-js', `dist/model/tiny/quantized/${name}.onnx`)
  const options: InferenceSession.SessionOptions = {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
  }
  const encoder = await InferenceSession.create(file('encoder_model'), options)
  const decoder = await InferenceSession.create(file('decoder_model_merged'), options)

  const phraseTries = createPhraseTries()

  const encode = async (pcm: Int16Array): Promise<Tensor> => {
    const samples = new Float32Array(Math.max(minSamples, pcm.length))
    for (let index = 0; index < pcm.length; index += 1) samples[index] = (pcm[index] ?? 0) / 32_768
    const output = await encoder.run({
      input_values: new Tensor('float32', samples, [1, samples.length]),
    })
    return pick(output, 'last_hidden_state')
  }

  return {
    async transcribe({ pcm, draft, boosts }, { isCancelled }) {
      const startedAt = performance.now()
      const states = await encode(pcm)
      const maxTokens = Math.max(4, Math.ceil((pcm.length / sampleRateHz) * tokensPerSecond))
      const cache = new DecoderCache(decoder, states)
      const phrases = phraseTries(boosts)
      const beam = { width: beamWidth, margin: beamMargin, endToken, maxTokens, phrases }

      // One pass over an earlier hypothesis costs little more than one token: what the search would choose again
      // without a rival is kept, and the rest is searched anew (quantisation by activations lets logits differ a little).
      const input = [startToken, ...draft.slice(0, maxTokens - 1)]
      const rows = logProbabilities(await cache.begin(input))
      let hypothesis: Hypothesis = {
        tokens: [],
        logProbability: 0,
        score: 0,
        position: phrases.start,
      }
      let next = rows[0] ?? new Float32Array()
      for (const [row, token] of input.slice(1).entries()) {
        const [sole, rival] = extend([hypothesis], [next], beam)
        if (sole?.token !== token || rival) break
        hypothesis = grow(sole)
        next = rows[row + 1] ?? next
      }
      cache.forget(input.length - 1 - hypothesis.tokens.length)
      const step = async (from: readonly number[], behind: readonly number[]) =>
        logProbabilities(await cache.step(from, behind))
      const { tokens, logProbability } = await searchBeam(
        { step },
        { hypothesis, next },
        { ...beam, isCancelled },
      )

      const text = dropLoops(
        tokenizer
          .decode(
            tokens.filter((token) => token < textTokens),
            false,
            false,
          )
          .trim(),
      )
      return {
        text,
        tokens,
        logProbability: logProbability / (tokens.length + 1),
        computeMs: performance.now() - startedAt,
      }
    },
  }
}

/** One row for each token or hypothesis that went in. */
function logProbabilities(logits: Tensor): Float32Array[] {
  const size = logits.dims.at(-1) ?? 0
  const data = logits.data
  if (!(data instanceof Float32Array)) throw new Error('logits are not float32')
  return Array.from({ length: data.length / size }, (_, row) => {
    const values = data.subarray(row * size, (row + 1) * size)
    let highest = Number.NEGATIVE_INFINITY
    for (const value of values) if (value > highest) highest = value
    let sum = 0
    for (const value of values) sum += Math.exp(value - highest)
    const logSum = highest + Math.log(sum)
    return values.map((value) => value - logSum)
  })
}

function pick(output: InferenceSession.ReturnType, name: string): Tensor {
  const value = output[name]
  if (!(value instanceof Tensor)) throw new Error(`the model gave no ${name}`)
  return value
}
