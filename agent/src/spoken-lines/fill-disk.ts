import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '@trunkline/telemetry'
import { SpeechError } from '../errors.ts'
import type { Synthesizer } from '../speaking/synthesizer.ts'
import type { SpokenLine, SpokenLines } from './spoken-lines.ts'

export interface FillOptions {
  /** What should be on disk as of now. It may fail, and is asked again. */
  readonly wanted: (signal: AbortSignal) => Promise<readonly SpokenLine[]>
  readonly lines: Pick<SpokenLines, 'obtain'>
  readonly synthesizer: Pick<Synthesizer, 'synthesize'>
  readonly logger: Pick<Logger, 'info' | 'warn' | 'debug'>
  /** Told each time that all was gone through. */
  readonly onFilled?: (filled: Filled) => void
  /** Ends it. */
  readonly signal: AbortSignal
  readonly retryMs?: number
  /** How long what is complete is left alone: words change with the line's file, voices with the tts-router. */
  readonly refreshMs?: number
  readonly maxAgeMs?: number
}

const dayMs = 86_400_000

/**
 * Has fixed words spoken before they are needed, and again later, until `signal` aborts. One after the other: nobody is
 * in a hurry. What is missing is in the log, each time that it changes.
 */
export async function keepDiskFilled(options: FillOptions): Promise<never> {
  const { signal, logger, onFilled, retryMs = 10_000, refreshMs = 600_000 } = options
  let told = ''
  for (;;) {
    const state = await fillOnce(options)
    signal.throwIfAborted()
    if (state.unknown === undefined) onFilled?.(state)
    const now = JSON.stringify(state)
    if (now !== told) {
      if (state.isComplete) logger.info(state, 'fixed words are on disk')
      else logger.warn(state, 'fixed words are missing on disk')
    }
    told = now
    await sleep(state.isComplete ? refreshMs : retryMs, undefined, { signal })
  }
}

export interface Filled {
  /** True when all is there that can be. */
  readonly isComplete: boolean
  readonly onDisk: number
  readonly missing: number
  /** What the tts-router will not say, now or later. */
  readonly refused: number
  /** Their languages. */
  readonly noVoice: readonly string[]
  /** Why the words are not known. */
  readonly unknown?: string
}

async function fillOnce(options: FillOptions): Promise<Filled> {
  const { wanted, lines, synthesizer, signal, logger, maxAgeMs = 7 * dayMs } = options
  const none = { onDisk: 0, missing: 0, refused: 0, noVoice: [] }
  let all: readonly SpokenLine[]
  try {
    all = await wanted(signal)
  } catch (error) {
    signal.throwIfAborted()
    return { ...none, isComplete: false, unknown: error instanceof Error ? error.message : '' }
  }
  const noVoice = new Set<string>()
  let missing = 0
  let refused = 0
  for (const line of all) {
    try {
      await lines.obtain(line, { synthesizer, signal, maxAgeMs })
    } catch (error) {
      signal.throwIfAborted()
      const { language } = line
      logger.debug({ err: error, language }, 'a line is not on disk')
      if (error instanceof SpeechError && error.code === 'refused') {
        noVoice.add(language)
        refused += 1
      } else {
        missing += 1
      }
    }
  }
  const onDisk = all.length - missing - refused
  return { isComplete: missing === 0, onDisk, missing, refused, noVoice: [...noVoice].toSorted() }
}
