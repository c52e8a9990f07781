import type { Command, Perception, Step } from '../turn-taking/perception.ts'

type Without<T, Key extends string> = T extends unknown ? Omit<T, Key> : never
/** `at` may be left out for what is perceived now. */
export type Perceived = Without<Perception, 'at'> & { readonly at?: number }

/** One step of the decision, for whoever asks why. */
export interface TraceEntry {
  readonly at: number
  readonly why: string
  readonly commands: readonly Command['type'][]
  /** What the end-of-turn model has just answered. */
  readonly model?: { readonly probability: number; readonly threshold: number }
}

/** Feeds turn-taking what is perceived, in order, does what it wants, and wakes it when it asks to be. */
export interface TurnDriver {
  perceive(perceived: Perceived): void
  /** What was decided since the last call, and why: steps that repeat the one before are left out. */
  takeTrace(): readonly TraceEntry[]
  close(): void
}

export interface TurnDriverOptions<State> {
  readonly start: State
  readonly step: (state: State, perception: Perception) => Step<State>
  /** Does one command; what it perceives meanwhile follows after the commands of the same step. */
  readonly perform: (command: Command) => void
  /** Monotonic milliseconds. */
  readonly now?: () => number
}

/**
 * While audio flows its own time counts: a machine that is busy has it come late, and a pause that nobody made would
 * cut the caller off. Audio that has not come for so long is missing (mute, hold), and the clock counts.
 */
const missingMs = 400
/** A window ends this long ago, at most, when the next one is in time. */
const windowLagMs = 64
/** A wake-up that comes later than this: our loop stood still, and audio lies unread. */
const stalledMs = 50

/** Of one turn; a caller who speaks for minutes leaves only the end of it. */
const maxTraceEntries = 200

export function createTurnDriver<State>(options: TurnDriverOptions<State>): TurnDriver {
  const { start, step, perform, now = () => performance.now() } = options
  let state = start
  let lastAt = Number.NEGATIVE_INFINITY
  let heard: { readonly at: number; readonly arrivedAt: number } | undefined
  let waking: NodeJS.Timeout | undefined
  let trace: TraceEntry[] = []
  let isStepping = false
  let isClosed = false
  const waiting: Perceived[] = []

  const note = (at: number, { why, commands }: Step<State>, perceived: Perceived) => {
    const answer = perceived.type === 'end-of-turn' ? perceived : undefined
    if (!answer && commands.length === 0 && trace.at(-1)?.why === why) return
    const model = answer && { probability: answer.probability, threshold: answer.threshold }
    trace.push({ at, why, commands: commands.map(({ type }) => type), ...(model && { model }) })
    if (trace.length > maxTraceEntries) trace.shift()
  }
  /** Up to when the caller has been heard. */
  const heardUpTo = () => {
    const time = now()
    if (!heard || time - heard.arrivedAt >= missingMs) return time
    return Math.min(time, heard.at + windowLagMs)
  }
  const wakeLater = (wakeAt: number) => {
    const dueAt = Math.max(wakeAt, now())
    waking = setTimeout(() => {
      const isEarly = heardUpTo() < wakeAt
      if (isEarly || now() - dueAt > stalledMs) wakeLater(Math.max(wakeAt, now() + stalledMs / 2))
      else perceive({ type: 'time', at: Math.max(wakeAt, heardUpTo()) })
    }, dueAt - now())
  }
  const take = (perceived: Perceived) => {
    if (perceived.type === 'window' && perceived.at !== undefined) {
      heard = { at: perceived.at, arrivedAt: now() }
    }
    // Audio is told a moment after it was spoken, words and keys at once.
    lastAt = Math.max(lastAt, perceived.at ?? heardUpTo())
    const next = step(state, { ...perceived, at: lastAt })
    state = next.state
    note(lastAt, next, perceived)
    clearTimeout(waking)
    if (next.wakeAt !== undefined) wakeLater(next.wakeAt)
    for (const command of next.commands) perform(command)
  }
  const perceive = (perceived: Perceived) => {
    if (isClosed) return
    waiting.push(perceived)
    if (isStepping) return
    isStepping = true
    try {
      for (let next = waiting.shift(); next; next = waiting.shift()) take(next)
    } finally {
      isStepping = false
    }
  }

  return {
    perceive,
    takeTrace() {
      const taken = trace
      trace = []
      return taken
    },
    close() {
      isClosed = true
      waiting.length = 0
      clearTimeout(waking)
    },
  }
}
