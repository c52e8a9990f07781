import { inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import { createWarningTone } from '../last-words/warning-tone.ts'
import type { RoomVoice } from '../speaking/room-voice.ts'
import type { Synthesizer } from '../speaking/synthesizer.ts'
import type { SpokenLine, SpokenLines } from './spoken-lines.ts'

/** The lines of one call that are said when something has gone wrong. */
export interface SpareLines {
  /** Sees to it that a line is at hand: for this job, and on disk for the next one and for the last words. */
  keep(line: SpokenLine): void
  /**
   * Plays the first of the lines that is on disk as soon as somebody hears our track, past the speaker; else has the first
   * spoken, else plays a tone. Never throws.
   */
  playFirst(lines: readonly SpokenLine[], voice: RoomVoice): Promise<void>
}

export interface SpareLinesDeps {
  readonly lines: SpokenLines
  readonly synthesizer: Pick<Synthesizer, 'synthesize'>
  readonly logger: Logger
  /** Aborts when the call is over for this job. */
  readonly signal: AbortSignal
}

/** livekit-sip subscribes within 100 ms on an idle machine; a line that begins before loses its beginning. */
const subscriptionMs = 3000

export function createSpareLines(deps: SpareLinesDeps): SpareLines {
  const { lines, synthesizer, logger, signal } = deps
  const startedAt = performance.now()
  /** For a disk that takes nothing. */
  const held = new Map<string, Uint8Array>()
  const find = async (candidates: readonly SpokenLine[]): Promise<Uint8Array> => {
    for (const line of candidates) {
      const kept = held.get(toKey(line)) ?? (await lines.read(line))
      if (kept) return kept
    }
    const [first] = candidates
    if (!first) return createWarningTone()
    return lines.obtain(first, { synthesizer, signal }).catch((error: unknown) => {
      signal.throwIfAborted()
      logger.error({ err: error }, 'a spare line is not on disk, only a tone')
      return createWarningTone()
    })
  }
  return {
    keep(line) {
      const holding = async () => {
        held.set(toKey(line), await lines.obtain(line, { synthesizer, signal }))
      }
      inBackground(holding(), {
        signal,
        onError: (error) => logger.warn({ err: error }, 'a spare line is not on disk'),
      })
    },
    async playFirst(candidates, voice) {
      try {
        const [pcm] = await Promise.all([find(candidates), isHeard(voice, signal)])
        // How long a caller without an agent waits for us; the process was forked long before.
        const sinceEntryMs = Math.round(performance.now() - startedAt)
        logger.info({ sinceEntryMs }, 'spare line begins')
        await voice.playNow(pcm, { signal })
      } catch (error) {
        if (!signal.aborted) logger.warn({ err: error }, 'a spare line was not said')
      }
    },
  }
}

function toKey({ text, language, voice }: SpokenLine): string {
  return JSON.stringify([language, voice, text])
}

function isHeard({ publication }: RoomVoice, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', finish)
      resolve()
    }
    const timer = setTimeout(finish, subscriptionMs)
    signal.addEventListener('abort', finish, { once: true })
    publication.waitForSubscription().then(finish, finish)
  })
}
