export interface Pacer {
  stop(): void
}

export interface PacerOptions {
  readonly intervalMs: number
  /** A stall longer than this is not caught up with: those slots are skipped. */
  readonly maxLateMs: number
  /** Monotonic milliseconds. */
  readonly now: () => number
  /** Slot `index` is due; `skipped` slots before it were given up. */
  readonly onSlot: (index: number, skipped: number) => void
}

/**
 * Calls `onSlot` at start + n × interval. Each due time comes from the start, not from the last call, so timer errors
 * do not add up; slots that a stall delayed follow at once.
 */
export function startPacer({ intervalMs, maxLateMs, now, onSlot }: PacerOptions): Pacer {
  const startedAt = now()
  let index = 0
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  const run = () => {
    const due = Math.floor((now() - startedAt) / intervalMs)
    let skipped = 0
    if ((due - index) * intervalMs > maxLateMs) {
      skipped = due - index
      index = due
    }
    while (index <= due && !isStopped) {
      onSlot(index, skipped)
      skipped = 0
      index += 1
    }
    // Timers take whole milliseconds and round down; rounding up avoids waking just before the slot.
    if (!isStopped) timer = setTimeout(run, Math.ceil(startedAt + index * intervalMs - now()))
  }
  run()
  return {
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}
