const sampleRateHz = 16_000
const samplesPerMs = sampleRateHz / 1000
/** The earliest arrival within so much audio tells when it was spoken; later ones were held up. */
const spanMs = 2000

/**
 * When audio was spoken, by its position in the stream: frames that a busy event loop has held up come in bursts, and
 * a pause measured by their arrival would be shorter than it was. Milliseconds of one monotonic clock.
 */
export interface SampleClock {
  /** So many samples more have arrived. */
  arrived(samples: number, at: number): void
  /** When the sample at this position was at the agent. */
  timeOf(position: number): number
  /** Samples so far. */
  readonly position: number
}

export function createSampleClock(): SampleClock {
  const arrivals: { readonly position: number; readonly offset: number }[] = []
  let position = 0
  return {
    get position() {
      return position
    },
    arrived(samples, at) {
      position += samples
      const offset = at - position / samplesPerMs
      // Kept ascending: what came later than a newer arrival will never be the earliest again.
      while ((arrivals.at(-1)?.offset ?? -Infinity) >= offset) arrivals.pop()
      arrivals.push({ position, offset })
      const oldest = position - spanMs * samplesPerMs
      while ((arrivals[0]?.position ?? position) < oldest) arrivals.shift()
    },
    timeOf: (wanted) => (arrivals[0]?.offset ?? 0) + wanted / samplesPerMs,
  }
}
