import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  concatPcm,
  decodeG711,
  encodeG711,
  readMonoWav,
  resample,
} from '../../packages/telephony/src/index.ts'
import type { Sample } from './corpus.ts'

const run = promisify(execFile)
const rateHz = 8000
const promptFolder = '/usr/share/asterisk/sounds/en'

/** The greeting as it would come over a telephone line: 8 kHz, through µ-law, with the callee's pause before it. */
export async function makeAudio(sample: Sample): Promise<Int16Array> {
  const spoken = sample.prompts ? await readPrompts(sample.prompts) : await speak(sample)
  const pieces = [silence(sample.startsAfterMs), spoken]
  if (sample.beepHz !== undefined) pieces.push(silence(600), beep(sample.beepHz))
  pieces.push(silence(500))
  return decodeG711('PCMU', encodeG711('PCMU', concatPcm(pieces)))
}

async function speak({ voice, text }: Sample): Promise<Int16Array> {
  const folder = await mkdtemp(join(tmpdir(), 'greeting-'))
  try {
    const file = join(folder, 'spoken.wav')
    const [engine, name = ''] = voice.split(':')
    if (engine === 'flite') await run('flite', ['-voice', name, '-t', text, '-o', file])
    else await run('espeak-ng', ['-v', name, '-w', file, text])
    return await readPcm(file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function readPrompts(names: readonly string[]): Promise<Int16Array> {
  const pieces: Int16Array[] = []
  for (const name of names) {
    pieces.push(await readPcm(join(promptFolder, `${name}.wav`)), silence(120))
  }
  return concatPcm(pieces)
}

async function readPcm(file: string): Promise<Int16Array> {
  const { pcm, sampleRateHz } = readMonoWav(await readFile(file), file)
  return resample(pcm, { fromHz: sampleRateHz, toHz: rateHz })
}

const silence = (ms: number) => new Int16Array((ms * rateHz) / 1000)

const beep = (hertz: number) =>
  Int16Array.from({ length: rateHz * 0.4 }, (_, at) =>
    Math.round(7000 * Math.sin((2 * Math.PI * hertz * at) / rateHz)),
  )
