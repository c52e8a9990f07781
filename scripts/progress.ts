export interface Progress {
  /** Prints a line of its own. */
  note(text: string): void
  /** Does the work; says that it goes on when it takes longer than a second, and how long it took. */
  step<T>(label: string, work: () => Promise<T>): Promise<T>
}

export interface ProgressOptions {
  readonly write: (line: string) => void
  readonly now?: () => number
}

/** Seconds after which a step that still runs is named. */
const reminders = [1, 5, 10, 20, 30, 45, 60, 90, 120, 180, 240, 300]

/** Lines only, no cursor movements: the same in a terminal, a log and CI. */
export function createProgress({
  write,
  now = () => performance.now(),
}: ProgressOptions): Progress {
  return {
    note: write,
    async step(label, work) {
      const startedAt = now()
      const timers = reminders.map((second) =>
        setTimeout(() => write(`  … ${label} (${second} s)`), second * 1000),
      )
      try {
        const result = await work()
        write(`  ✓ ${label}, ${seconds(now() - startedAt)}`)
        return result
      } catch (error) {
        write(`  ✗ ${label}, ${seconds(now() - startedAt)}`)
        throw error
      } finally {
        for (const timer of timers) clearTimeout(timer)
      }
    },
  }
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
