import { inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import type { RoomVoice } from '../speaking/room-voice.ts'
import type { Synthesizer } from '../speaking/synthesizer.ts'
import { createSpokenLines, type SpokenLine } from './spoken-lines.ts'

/** The lines of one call that are said when something has gone wrong. */
export interface SpareLines {
  /** Sees to it that a line is on disk, for this call's next job and for the last words. */
  keep(line: SpokenLine): void
  /** Plays a line as soon as somebody hears our track, past the session. Never throws. */
  playAtOnce(line: SpokenLine, voice: RoomVoice): Promise<void>
}

export interface SpareLinesDeps {
  readonly dir: string
  readonly synthesizer: Pick<Synthesizer, 'synthesize'>
  readonly logger: Logger
  /** Aborts when the call is over for this job. */
  readonly signal: AbortSignal
}

/** livekit-sip subscribes within 100 ms on an idle machine; a line that begins before loses its beginning. */
const subscriptionMs = 3000

export function createSpareLines(deps: SpareLinesDeps): SpareLines {
  const { dir, synthesizer, logger, signal } = deps
  const lines = createSpokenLines({ dir })
  const startedAt = performance.now()
  return {
    keep(line) {
      inBackground(lines.obtain(line, { synthesizer, signal }), {
        signal,
        onError: (error) => logger.warn({ err: error }, 'a spare line is not on disk'),
      })
    },
    async playAtOnce(line, voice) {
      try {
        const [pcm] = await Promise.all([
          lines.obtain(line, { synthesizer, signal }),
          isHeard(voice, signal),
        ])
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
