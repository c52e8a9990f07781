import type { AgentMessage } from '@trunkline/contracts'
import type { Journal } from './journal.ts'
import { type ReachedLimit, reachedLimit } from './limits.ts'

export interface LimitWatch {
  /** Takes note of what makes a sound. */
  heard(message: Pick<AgentMessage, 'type'>): void
  stop(): void
}

export interface LimitWatchOptions {
  readonly journal: Pick<Journal, 'record' | 'phase'>
  readonly now: () => number
  readonly callSeconds: number
  readonly silenceSeconds: number
  /** Undefined: the call may cost as much as it likes. */
  readonly maxCostEur?: number | undefined
  /** What the call has cost so far. */
  readonly costEur?: () => number
  /** Called at most once. */
  readonly onReached: (kind: ReachedLimit) => void
}

const tickMs = 500

/** What shows that somebody is there, or was listening to us until now. */
const sounds: ReadonlySet<AgentMessage['type']> = new Set([
  'call-status',
  'speech-start',
  'speech-end',
  'transcript-interim',
  'transcript-final',
  'turn',
  'say-started',
  'say-finished',
  'heard',
  'dtmf',
])

/** Looks twice a second whether the call has become too long or too quiet. */
export function watchLimits(options: LimitWatchOptions): LimitWatch {
  const { journal, now, callSeconds, silenceSeconds, onReached } = options
  const { maxCostEur, costEur = () => 0 } = options
  let lastSoundAt = now()
  const timer = setInterval(() => {
    const { activeAt, createdAt } = journal.record
    const kind = reachedLimit({
      now: now(),
      startedAt: activeAt ?? createdAt,
      lastSoundAt,
      isBusy: journal.phase === 'processing' || journal.phase === 'speaking',
      callMs: callSeconds * 1000,
      silenceMs: silenceSeconds * 1000,
      ...{ maxCostEur, costEur: maxCostEur === undefined ? 0 : costEur() },
    })
    if (!kind) return
    clearInterval(timer)
    onReached(kind)
  }, tickMs)
  timer.unref()
  return {
    heard({ type }) {
      if (sounds.has(type)) lastSoundAt = now()
    },
    stop: () => clearInterval(timer),
  }
}
