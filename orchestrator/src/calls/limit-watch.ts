import type { AgentMessage } from '@trunkline/contracts'
import { isReprompt } from '../limits/reprompt.ts'
import { createCallerHold } from './caller-hold.ts'
import type { Journal } from './journal.ts'
import { isRepromptDue, type ReachedLimit, reachedLimit } from './limits.ts'

/** What of an agent's message tells that somebody is there. */
export type Sound = Exclude<AgentMessage, { type: 'hello' | 'ack' }> | { readonly type: 'awake' }

export interface LimitWatch {
  /** Takes note of what is heard; `awake` puts silence off without a sound. */
  heard(sound: Sound): void
  stop(): void
}

export interface LimitWatchOptions {
  readonly journal: Pick<Journal, 'record' | 'phase'>
  readonly now: () => number
  readonly callSeconds: number
  readonly silenceSeconds: number
  readonly holdSeconds: number
  /** How often the caller is asked again in one silence. */
  readonly reprompts: number
  /** Undefined: the call may cost as much as it likes. */
  readonly maxCostEur?: number | undefined
  /** What the call has cost so far. */
  readonly costEur?: () => number
  /** False while the caller waits for somebody else, or is spoken with. */
  readonly mayReprompt: () => boolean
  readonly onReprompt: () => void
  /** Called at most once. */
  readonly onReached: (kind: ReachedLimit) => void
}

const tickMs = 500

/** Looks twice a second whether the call has become too long, too quiet, or is on hold. */
export function watchLimits(options: LimitWatchOptions): LimitWatch {
  const { journal, now, callSeconds, silenceSeconds, holdSeconds, reprompts } = options
  const { maxCostEur, costEur = () => 0, onReached } = options
  const hold = createCallerHold({ now })
  let lastWordAt = now()
  let soundSince: number | undefined
  let made = 0

  const wake = () => {
    lastWordAt = now()
    made = 0
  }
  const look = () => {
    const { activeAt, createdAt } = journal.record
    const startedAt = activeAt ?? createdAt
    const heldSince = hold.since
    if (heldSince !== undefined) wake() // who comes back has a silence's time anew
    const input = {
      ...{ now: now(), startedAt, lastWordAt, heldSince },
      isBusy: journal.phase === 'processing' || journal.phase === 'speaking',
      ...{ callMs: callSeconds * 1000, silenceMs: silenceSeconds * 1000 },
      ...{ holdMs: holdSeconds * 1000, maxCostEur },
      costEur: maxCostEur === undefined ? 0 : costEur(),
    }
    const kind = reachedLimit(input)
    if (kind) {
      clearInterval(timer)
      onReached(kind)
    } else if (options.mayReprompt() && isRepromptDue({ ...input, reprompts, made, soundSince })) {
      made += 1
      options.onReprompt()
    }
  }
  const timer = setInterval(look, tickMs)
  timer.unref()
  return {
    heard(sound) {
      if (sound.type === 'caller-audio') hold.note(sound)
      if (sound.type === 'speech-start') soundSince ??= now()
      if (sound.type === 'speech-end' || sound.type === 'silence') soundSince = undefined
      if (isWord(sound)) wake()
    },
    stop: () => clearInterval(timer),
  }
}

/** A word of the caller's, or what they were listening to. Voices without words are none: comfort noise has voices. */
function isWord(sound: Sound): boolean {
  switch (sound.type) {
    case 'transcript-interim':
    case 'transcript-final':
      return /[\p{L}\p{N}]/u.test(sound.text)
    case 'say-started':
    case 'say-finished':
    case 'heard':
      return !isReprompt(sound.turnId)
    case 'awake':
    case 'call-status':
    case 'turn':
    case 'turn-confirm':
    case 'dtmf':
      return true
    default:
      return false
  }
}
