import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Synthesizer, speechSampleRateHz } from '../speaking/synthesizer.ts'

/** Words of a line that must be sayable when nothing but this process is left. */
export interface SpokenLine {
  readonly text: string
  readonly language: string
  readonly voice: string
}

/** Audio of fixed words on disk, named by its content's hash; every process of a machine shares it. */
export interface SpokenLines {
  /** s16le mono PCM at `speechSampleRateHz`, undefined when it is not there or cannot be read. */
  read(line: SpokenLine): Promise<Uint8Array | undefined>
  /** From disk, else spoken by `synthesizer` and kept. @throws {SpeechError} when neither has it */
  obtain(
    line: SpokenLine,
    options: { synthesizer: Pick<Synthesizer, 'synthesize'>; signal: AbortSignal },
  ): Promise<Uint8Array>
}

export function createSpokenLines({ dir }: { dir: string }): SpokenLines {
  const fileOf = ({ text, language, voice }: SpokenLine) => {
    const content = JSON.stringify([speechSampleRateHz, language, voice, text])
    return join(dir, `${createHash('sha256').update(content).digest('hex')}.pcm`)
  }
  const read: SpokenLines['read'] = async (line) => {
    try {
      const pcm = await readFile(fileOf(line))
      return pcm.byteLength > 0 ? pcm : undefined
    } catch {
      return undefined // not there, or not readable, which comes to the same
    }
  }
  /** Whole or not at all: another process may read it at any time. */
  const write = async (line: SpokenLine, pcm: Uint8Array) => {
    const part = join(dir, `${randomUUID()}.part`)
    try {
      await mkdir(dir, { recursive: true })
      await writeFile(part, pcm)
      await rename(part, fileOf(line))
    } catch {
      await rm(part, { force: true }).catch(() => {}) // a disk that takes nothing costs only the cache
    }
  }

  return {
    read,
    async obtain(line, { synthesizer, signal }) {
      const kept = await read(line)
      if (kept) return kept
      const { pcm } = await synthesizer.synthesize({ ...line, cache: true }, { signal })
      const pieces: Uint8Array[] = []
      for await (const piece of pcm) pieces.push(piece)
      const whole = Buffer.concat(pieces)
      await write(line, whole)
      return whole
    },
  }
}
