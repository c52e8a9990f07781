export interface SilenceWatch {
  heard(): void
  /** To be called every `intervalMs` with a monotonic time in milliseconds. */
  tick(now: number): 'alive' | 'dead'
}

/** Tells a silent peer from our own stall: a tick that comes late counts as half an interval more at most. */
export function createSilenceWatch({
  intervalMs,
  timeoutMs,
}: {
  intervalMs: number
  timeoutMs: number
}): SilenceWatch {
  let silentForMs = 0
  let lastTick: number | undefined
  return {
    heard() {
      silentForMs = 0
    },
    tick(now) {
      if (lastTick !== undefined) silentForMs += Math.min(now - lastTick, intervalMs * 1.5)
      lastTick = now
      return silentForMs >= timeoutMs ? 'dead' : 'alive'
    },
  }
}
