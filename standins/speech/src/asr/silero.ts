import { InferenceSession, Tensor } from 'onnxruntime-node'
import { packageFile } from '../package-file.ts'
import { contextSamples, type VoiceJob, type VoiceResult, windowSamples } from './voice-activity.ts'

const sampleRateHz = 16_000n

export interface Silero {
  detect(job: VoiceJob): Promise<VoiceResult>
}

/** Silero VAD v5 (MIT) as it lies in `@ricky0123/vad-web`. */
export async function loadSilero(): Promise<Silero> {
  const session = await InferenceSession.create(
    packageFile('@ricky0123/vad-web', 'dist/silero_vad_v5.onnx'),
    { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 },
  )
  const rate = new Tensor('int64', BigInt64Array.of(sampleRateHz), [])
  return {
    async detect({ pcm, state }) {
      const count = Math.floor(pcm.length / windowSamples)
      const probabilities = new Float32Array(count)
      // The model is fed each window with the end of the one before in front of it.
      const input = new Float32Array(contextSamples + windowSamples)
      input.set(state.context)
      let memory: Tensor = new Tensor('float32', state.memory, [2, 1, 128])
      for (let window = 0; window < count; window += 1) {
        const from = window * windowSamples
        for (let index = 0; index < windowSamples; index += 1) {
          input[contextSamples + index] = (pcm[from + index] ?? 0) / 32_768
        }
        const output = await session.run({
          input: new Tensor('float32', input, [1, input.length]),
          state: memory,
          sr: rate,
        })
        const probability = output['output']?.data[0]
        const next = output['stateN']
        if (typeof probability !== 'number' || !(next instanceof Tensor)) {
          throw new Error('the voice detector gave no probability')
        }
        probabilities[window] = probability
        memory = next
        input.copyWithin(0, windowSamples)
      }
      if (!(memory.data instanceof Float32Array))
        throw new Error('the detector state is not float32')
      return {
        probabilities,
        state: { memory: memory.data, context: input.slice(0, contextSamples) },
      }
    },
  }
}
