import { createHash } from 'node:crypto'
import { readFile, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { FixedWords } from '@trunkline/contracts'
import { type Synthesizer, speechSampleRateHz } from '../speaking/synthesizer.ts'
import { evict } from './evict.ts'
import { writeWhole } from './whole-file.ts'

/** Words of a line that must be sayable when nothing but this process is left. */
export type SpokenLine = FixedWords

/** Audio of fixed words on disk, named by its content's hash; every process of a machine shares it. */
export interface SpokenLines {
  /** s16le mono PCM at `speechSampleRateHz`, undefined when it is not there or cannot be read. */
  read(line: SpokenLine): Promise<Uint8Array | undefined>
  /** From disk, else spoken by `synthesizer` and kept. @throws {SpeechError} when neither has it */
  obtain(line: SpokenLine, options: ObtainOptions): Promise<Uint8Array>
}

export interface ObtainOptions {
  readonly synthesizer: Pick<Synthesizer, 'synthesize'>
  readonly signal: AbortSignal
  /** What was spoken longer ago is spoken anew, for the voice may have changed; kept all the same when it cannot be. */
  readonly maxAgeMs?: number
}

/** A use is written down once a minute at most. */
const touchMs = 60_000

/** @param options.maxBytes of all audio in `dir`; what was not used for longest goes first */
export function createSpokenLines(options: {
  dir: string
  maxBytes: number
  /** Epoch milliseconds. */
  now?: () => number
}): SpokenLines {
  const { dir, maxBytes, now = Date.now } = options
  const fileOf = ({ text, language, voice }: SpokenLine) => {
    const content = JSON.stringify([speechSampleRateHz, language, voice, text])
    return join(dir, `${createHash('sha256').update(content).digest('hex')}.pcm`)
  }
  const readFresh = async (line: SpokenLine, maxAgeMs = Number.POSITIVE_INFINITY) => {
    const file = fileOf(line)
    try {
      const { atimeMs, mtime } = await stat(file)
      if (now() - mtime.getTime() > maxAgeMs) return undefined
      const pcm = await readFile(file)
      // Written by hand: disks are mounted without times of access.
      if (now() - atimeMs > touchMs) await utimes(file, now() / 1000, mtime)
      return pcm.byteLength > 0 ? pcm : undefined
    } catch {
      return undefined // not there, or not readable, which comes to the same
    }
  }
  const speak = async (line: SpokenLine, { synthesizer, signal }: ObtainOptions) => {
    const { text, language, voice } = line
    const { pcm } = await synthesizer.synthesize({ text, language, voice, cache: true }, { signal })
    const pieces: Uint8Array[] = []
    for await (const piece of pcm) pieces.push(piece)
    const whole = Buffer.concat(pieces)
    const file = fileOf(line)
    if (await writeWhole(file, whole)) {
      const at = now() / 1000
      // What goes wrong here goes right with the next file.
      await utimes(file, at, at).catch(() => {})
      await evict(dir, { maxBytes }).catch(() => {})
    }
    return whole
  }

  return {
    read: (line) => readFresh(line),
    async obtain(line, obtaining) {
      const fresh = await readFresh(line, obtaining.maxAgeMs)
      if (fresh) return fresh
      try {
        return await speak(line, obtaining)
      } catch (error) {
        obtaining.signal.throwIfAborted()
        const old = await readFresh(line)
        if (old) return old
        throw error
      }
    },
  }
}
