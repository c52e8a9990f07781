import { readFile } from 'node:fs/promises'
import type { Stack } from '@trunkline/contracts'
import { readMonoWav, resample, WavError } from '@trunkline/telephony'
import { CallFailure } from './call-failure.ts'
import { type CallerVoiceOptions, synthesizeCaller } from './caller-voice.ts'
import type { Step } from './options.ts'

/** A step with its audio, 8 kHz, made before the call so that nothing in it waits for synthesis. */
export type ReadyStep =
  | { readonly kind: 'speak'; readonly pcm: Int16Array }
  | { readonly kind: 'interrupt'; readonly pcm: Int16Array; readonly afterMs: number }
  | { readonly kind: 'dtmf'; readonly keys: string }

/** @throws {CallFailure} `not-ready`, also for a file that cannot be played */
export async function prepareSteps(
  stack: Stack,
  steps: readonly Step[],
  options: CallerVoiceOptions,
): Promise<ReadyStep[]> {
  const texts = steps.flatMap((step) => ('text' in step ? [step.text] : []))
  const files = await Promise.all(
    steps.map((step) => (step.kind === 'play' ? readFileForPhone(step.file) : undefined)),
  )
  const voices = (await synthesizeCaller(stack, texts, options))[Symbol.iterator]()
  return steps.map((step, index): ReadyStep => {
    switch (step.kind) {
      case 'say':
        return { kind: 'speak', pcm: voices.next().value ?? new Int16Array() }
      case 'interrupt': {
        const pcm = voices.next().value ?? new Int16Array()
        return { kind: 'interrupt', pcm, afterMs: step.afterMs }
      }
      case 'play':
        return { kind: 'speak', pcm: files[index] ?? new Int16Array() }
      case 'dtmf':
        return step
      default:
        return step satisfies never
    }
  })
}

async function readFileForPhone(file: string): Promise<Int16Array> {
  try {
    const { pcm, sampleRateHz } = readMonoWav(await readFile(file), file)
    return resample(pcm, { fromHz: sampleRateHz, toHz: 8000 })
  } catch (cause) {
    if (cause instanceof WavError) throw new CallFailure('not-ready', cause.message, { cause })
    throw new CallFailure('not-ready', `${file} cannot be read`, { cause })
  }
}
