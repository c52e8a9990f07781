import type { Command, Perception, Step } from '../turn-taking/perception.ts'

type Without<T, Key extends string> = T extends unknown ? Omit<T, Key> : never
/** `at` may be left out for what is perceived now. */
export type Perceived = Without<Perception, 'at'> & { readonly at?: number }

/** One step of the decision, for whoever asks why. */
export interface TraceEntry {
  readonly at: number
  readonly why: string
  readonly commands: readonly Command['type'][]
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

/** Of one turn; a caller who speaks for minutes leaves only the end of it. */
const maxTraceEntries = 200

export function createTurnDriver<State>(options: TurnDriverOptions<State>): TurnDriver {
  const { start, step, perform, now = () => performance.now() } = options
  let state = start
  let lastAt = Number.NEGATIVE_INFINITY
  let waking: NodeJS.Timeout | undefined
  let trace: TraceEntry[] = []
  let isStepping = false
  let isClosed = false
  const waiting: Perceived[] = []

  const note = (at: number, { why, commands }: Step<State>) => {
    if (commands.length === 0 && trace.at(-1)?.why === why) return
    trace.push({ at, why, commands: commands.map(({ type }) => type) })
    if (trace.length > maxTraceEntries) trace.shift()
  }
  const take = (perceived: Perceived) => {
    // Audio is told a moment after it was spoken, words and keys at once.
    lastAt = Math.max(lastAt, perceived.at ?? now())
    const next = step(state, { ...perceived, at: lastAt })
    state = next.state
    note(lastAt, next)
    clearTimeout(waking)
    if (next.wakeAt !== undefined) {
      const wakeAt = next.wakeAt
      const wake = () => perceive({ type: 'time', at: Math.max(wakeAt, now()) })
      waking = setTimeout(wake, Math.max(0, wakeAt - now()))
    }
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
