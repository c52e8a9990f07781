import tokenizer from 'llama-tokenizer-js'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { packageFile } from '../package-file.ts'
import type { JobContext } from '../workers/messages.ts'
import { DecoderCache } from './decoder-cache.ts'
import { dropLoops } from './loops.ts'
import type { Transcription, TranscriptionJob } from './transcription.ts'

const sampleRateHz = 16_000
const startToken = 1
const endToken = 2
/** Above these the vocabulary holds timestamps and paddings, which are no text. */
const textTokens = 32_000
/** Nobody says more; a model that does is inventing (moonshine's own limit is 6.5). */
const tokensPerSecond = 6
/** The encoder's convolutions need a tenth of a second; shorter audio is filled up with silence. */
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

  const encode = async (pcm: Int16Array): Promise<Tensor> => {
    const samples = new Float32Array(Math.max(minSamples, pcm.length))
    for (let index = 0; index < pcm.length; index += 1) samples[index] = (pcm[index] ?? 0) / 32_768
    const output = await encoder.run({
      input_values: new Tensor('float32', samples, [1, samples.length]),
    })
    return pick(output, 'last_hidden_state')
  }

  return {
    async transcribe({ pcm, draft }, { isCancelled }) {
      const startedAt = performance.now()
      const states = await encode(pcm)
      const maxTokens = Math.max(4, Math.ceil((pcm.length / sampleRateHz) * tokensPerSecond))
      const cache = new DecoderCache(decoder, states)
      const tokens: number[] = []
      let logSum = 0

      // One pass over an earlier hypothesis costs little more than one token: what greedy decoding would have
      // chosen again is kept, and the rest is decoded anew (quantisation by activations lets logits differ a little).
      let input = [startToken, ...draft.slice(0, maxTokens - 1)]
      decoding: while (tokens.length < maxTokens && !isCancelled()) {
        const logits = await cache.run(input)
        let accepted = 0
        for (const [row] of input.entries()) {
          const { token, logProbability } = best(logits, row)
          logSum += logProbability
          if (token === endToken) break decoding
          tokens.push(token)
          accepted += 1
          if (token !== input[row + 1]) break
        }
        cache.forget(input.length - accepted)
        input = tokens.slice(-1)
      }

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
        logProbability: logSum / (tokens.length + 1),
        computeMs: performance.now() - startedAt,
      }
    },
  }
}

/** The most probable token of one row of logits. */
function best(logits: Tensor, row: number): { token: number; logProbability: number } {
  const size = logits.dims[2] ?? 0
  const data = logits.data
  if (!(data instanceof Float32Array)) throw new Error('logits are not float32')
  const offset = row * size
  let token = 0
  let highest = Number.NEGATIVE_INFINITY
  for (let index = 0; index < size; index += 1) {
    const value = data[offset + index] ?? Number.NEGATIVE_INFINITY
    if (value > highest) {
      highest = value
      token = index
    }
  }
  let sum = 0
  for (let index = 0; index < size; index += 1)
    sum += Math.exp((data[offset + index] ?? 0) - highest)
  return { token, logProbability: -Math.log(sum) }
}

function pick(output: InferenceSession.ReturnType, name: string): Tensor {
  const value = output[name]
  if (!(value instanceof Tensor)) throw new Error(`the model gave no ${name}`)
  return value
}
