/** Puts what one sender says about one call in order. */
export interface Sequencer<T> {
  /** An item without a sequence keeps its place among those that are ready. */
  add(item: T, sequence: number | undefined): void
  /** What may go on now, in order. What came after a gap stays until the gap is filled or was waited for. */
  take(): readonly T[]
  /** Milliseconds until `take` gives more by itself; undefined when nothing waits. */
  readonly waitMs: number | undefined
  /** The next sequence expected. */
  readonly next: number
}

export interface SequencerOptions {
  /** How long a missing one is waited for. */
  readonly gapMs: number
  /** Monotonic milliseconds. */
  readonly now: () => number
  /** The first sequence expected; 1 by default. */
  readonly next?: number
  /** `gap`: went on without the missing ones. `late`: one came after it had been given up. */
  readonly onDisorder: (what: 'gap' | 'late') => void
}

interface Waiting<T> {
  readonly item: T
  readonly since: number
}

export function createSequencer<T>(options: SequencerOptions): Sequencer<T> {
  const { gapMs, now, onDisorder } = options
  let { next = 1 } = options
  let ready: T[] = []
  const waiting = new Map<number, Waiting<T>>()

  const release = () => {
    for (let found = waiting.get(next); found; found = waiting.get(next)) {
      waiting.delete(next)
      ready.push(found.item)
      next += 1
    }
  }
  const oldest = () => Math.min(...[...waiting.values()].map(({ since }) => since))

  return {
    add(item, sequence) {
      if (sequence === undefined) {
        ready.push(item)
      } else if (sequence < next) {
        onDisorder('late')
        ready.push(item)
      } else if (waiting.has(sequence)) {
        ready.push(item) // two with one number: neither is lost
      } else {
        waiting.set(sequence, { item, since: now() })
        release()
      }
    },
    take() {
      while (waiting.size > 0 && now() - oldest() >= gapMs) {
        onDisorder('gap')
        next = Math.min(...waiting.keys())
        release()
      }
      const taken = ready
      ready = []
      return taken
    },
    get waitMs() {
      return waiting.size === 0 ? undefined : Math.max(0, gapMs - (now() - oldest()))
    },
    get next() {
      return next
    },
  }
}
