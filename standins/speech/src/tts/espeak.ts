import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { SpeechError } from '../errors.ts'

const headerBytes = 44
const wordsPerMinute = 160

/** Audio of a program that writes it while it goes on. */
export interface SpeechChunk {
  readonly pcm: Int16Array
  readonly sampleRateHz: number
}

/**
 * Speaks by the `espeak-ng` program. It is GPL-3: a program of its own that is started, never linked.
 * The child is killed when the signal is aborted or the iteration is left.
 */
export async function* streamEspeak(
  program: string,
  { text, voice, signal }: { text: string; voice: string; signal: AbortSignal },
): AsyncGenerator<SpeechChunk> {
  signal.throwIfAborted()
  const child = spawn(
    program,
    ['-v', voice, '-s', String(wordsPerMinute), '-b', '1', '--stdin', '--stdout'],
    { stdio: ['pipe', 'pipe', 'ignore'], signal, killSignal: 'SIGKILL' },
  )
  let failure: unknown
  child.on('error', (error) => {
    failure = error
  })
  // A child that is killed while it reads is no news here: its exit tells.
  child.stdin.on('error', () => undefined)
  child.stdin.end(`${text}\n`)
  const exited = once(child, 'close')
  exited.catch(() => undefined)
  try {
    let held = Buffer.alloc(0)
    let sampleRateHz = 0
    for await (const data of child.stdout) {
      if (!(data instanceof Buffer)) continue
      held = Buffer.concat([held, data])
      if (sampleRateHz === 0) {
        if (held.length < headerBytes) continue
        sampleRateHz = held.readUInt32LE(24)
        held = held.subarray(headerBytes)
      }
      const whole = held.length - (held.length % 2)
      if (whole === 0) continue
      const pcm = new Int16Array(whole / 2)
      Buffer.from(pcm.buffer).set(held.subarray(0, whole))
      held = held.subarray(whole)
      yield { pcm, sampleRateHz }
    }
    signal.throwIfAborted()
    if (failure === undefined) await exited
    if (failure !== undefined || child.exitCode !== 0) {
      throw new SpeechError('unavailable', 'espeak-ng failed', { cause: failure })
    }
  } finally {
    if (child.exitCode === null) child.kill('SIGKILL')
  }
}

/** Languages of the installed program; none when it is not there. */
export async function readEspeakLanguages(program: string): Promise<ReadonlySet<string>> {
  const child = spawn(program, ['--voices'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const languages = new Set<string>()
  child.on('error', () => languages.clear())
  let list = ''
  child.stdout.setEncoding('utf8')
  for await (const text of child.stdout) list += String(text)
  for (const line of list.split('\n').slice(1)) {
    const [, language, , , file] = line.trim().split(/\s+/)
    // Voices under mb/ need mbrola, another program.
    if (language && file && !file.startsWith('mb/')) languages.add(language)
  }
  return languages
}
