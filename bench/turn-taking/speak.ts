import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { concatPcm, levelDbfs, readWav, resample } from '@trunkline/telephony'

const run = promisify(execFile)
/** The rate of the line; everything is made at it. */
export const lineRateHz = 8000
const promptFolder = '/usr/share/asterisk/sounds/en_US_f_Allison'
const trimDb = 38
const trimSamples = 80
const gapBetweenWordsMs = 70

/** Where one word of a piece of speech lies in it; milliseconds. */
export interface SpokenWord {
  readonly text: string
  readonly startMs: number
  readonly endMs: number
}

export interface Speech {
  /** 8 kHz, from the first to the last sound. */
  readonly pcm: Int16Array
  readonly words: readonly SpokenWord[]
}

/**
 * Says words in a voice. What goes on is said with a comma, so that the voice does not fall at its end. The time of a
 * piece is shared out among its words by their letters: the last one's end, on which decisions rest, is exact.
 */
export async function speak(
  text: string,
  { voice, goesOn }: { voice: string; goesOn: boolean },
): Promise<Speech> {
  const [program, name = ''] = voice.split(':')
  if (program === 'asterisk') return speakByPrompts(text)
  const folder = await mkdtemp(join(tmpdir(), 'trunkline-corpus-'))
  try {
    const file = join(folder, 'speech.wav')
    const punctuated = `${text}${goesOn ? ',' : '.'}`
    if (program === 'flite') await run('flite', ['-voice', name, '-t', punctuated, '-o', file])
    else await run('espeak-ng', ['-v', name, '-w', file, punctuated])
    const pcm = trim(toLineRate(await readFile(file)))
    return { pcm, words: shareOut(text, pcm.length) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const digitNames = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']

/** The human speaker has said every digit and letter by itself; words of a name are left out. */
async function speakByPrompts(text: string): Promise<Speech> {
  const pieces: Int16Array[] = []
  const words: SpokenWord[] = []
  const gap = new Int16Array((gapBetweenWordsMs * lineRateHz) / 1000)
  let samples = 0
  for (const word of text.split(' ')) {
    const digit = digitNames.indexOf(word)
    const name = digit >= 0 ? join('digits', String(digit)) : join('letters', word.toLowerCase())
    if (digit < 0 && word.length > 1) continue
    const pcm = trim(toLineRate(await readFile(join(promptFolder, `${name}.wav`))))
    if (pieces.length > 0) {
      pieces.push(gap)
      samples += gap.length
    }
    words.push({ text: word, startMs: toMs(samples), endMs: toMs(samples + pcm.length) })
    pieces.push(pcm)
    samples += pcm.length
  }
  return { pcm: concatPcm(pieces), words }
}

function toLineRate(bytes: Uint8Array): Int16Array {
  const { sampleRateHz, channels } = readWav(bytes)
  return resample(channels[0] ?? new Int16Array(), { fromHz: sampleRateHz, toHz: lineRateHz })
}

/** Without the silence before and after. */
function trim(pcm: Int16Array): Int16Array {
  const floor = levelDbfs(pcm) - trimDb
  let [from, to] = [0, pcm.length]
  while (from < to && levelDbfs(pcm.subarray(from, from + trimSamples)) < floor) from += trimSamples
  while (to > from && levelDbfs(pcm.subarray(to - trimSamples, to)) < floor) to -= trimSamples
  return pcm.slice(from, to)
}

function shareOut(text: string, samples: number): readonly SpokenWord[] {
  const words = text.split(' ')
  const weights = words.map((word) => word.length + 1)
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  let before = 0
  return words.map((word, index) => {
    const startMs = toMs((samples * before) / whole)
    before += weights[index] ?? 0
    return { text: word, startMs, endMs: toMs((samples * before) / whole) }
  })
}

function toMs(samples: number): number {
  return Math.round((samples * 1000) / lineRateHz)
}
