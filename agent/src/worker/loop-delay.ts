import { monitorEventLoopDelay } from 'node:perf_hooks'

export interface Lateness {
  /** What was measured since the last time, in milliseconds. */
  observe(delayMs: number): void
  /** True when every observation of the last `forMs` was above `limitMs`. */
  readonly isLate: boolean
}

/** Tells a worker that cannot keep up from one that had a bad moment, for example when it forked a process. */
export function createLateness({
  limitMs,
  forMs,
  now,
}: {
  limitMs: number
  forMs: number
  now: () => number
}): Lateness {
  let lateSince: number | undefined
  return {
    observe(delayMs) {
      if (delayMs <= limitMs) lateSince = undefined
      else lateSince ??= now()
    },
    get isLate() {
      return lateSince !== undefined && now() - lateSince >= forMs
    },
  }
}

export interface LoopDelay {
  readonly isLate: boolean
  close(): void
}

const resolutionMs = 10
const observeMs = 500
/** A timer of this process comes so late, on average, when calls would already wait for it. */
const limitMs = 100
const forMs = 3000

/** Measures how late this process's event loop is. */
export function measureLoopDelay(): LoopDelay {
  const lateness = createLateness({ limitMs, forMs, now: () => performance.now() })
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs })
  histogram.enable()
  const timer = setInterval(() => {
    // Node counts from one sample to the next, the timer's own period included.
    lateness.observe(histogram.mean / 1e6 - resolutionMs)
    histogram.reset()
  }, observeMs)
  return {
    get isLate() {
      return lateness.isLate
    },
    close() {
      clearInterval(timer)
      histogram.disable()
    },
  }
}
