/** Whose voice: the left channel and the right one. */
export type Side = 'caller' | 'agent'

/**
 * Two voices on one time line. Audio may come late, ahead of its time, in bursts or not at all; what has come is
 * handed out in order once it is older than `holdMs`. Memory is bounded by that and `aheadMs`.
 */
export interface StereoTimeline {
  /** Puts 16-bit PCM of the line's rate where its first sample was heard, epoch milliseconds. */
  place(side: Side, pcm: Int16Array, at: number): void
  /** What this side was to say from `at` on will not be heard. */
  cut(side: Side, at: number): void
  /** Left and right samples in turn, of all that is old enough at `now`. */
  take(now: number): Int16Array
  /** Likewise, up to `now` itself. */
  end(now: number): Int16Array
}

/** Audio within this of where the piece before ended goes on from there: arrivals jitter, samples do not. */
const jitterMs = 60

export function createStereoTimeline({
  sampleRateHz,
  startAt,
  holdMs = 1000,
  aheadMs = 3000,
}: {
  sampleRateHz: number
  startAt: number
  holdMs?: number
  aheadMs?: number
}): StereoTimeline {
  const toSamples = (ms: number) => Math.round((ms * sampleRateHz) / 1000)
  const capacity = toSamples(holdMs + aheadMs)
  const sides = {
    caller: { ring: new Int16Array(capacity), next: 0 },
    agent: { ring: new Int16Array(capacity), next: 0 },
  }
  /** Samples of each side that were handed out. */
  let taken = 0

  const takeUntil = (wanted: number): Int16Array => {
    const count = Math.max(0, Math.min(wanted - taken, capacity))
    const both = new Int16Array(2 * count)
    for (let index = 0; index < count; index += 1) {
      const place = (taken + index) % capacity
      both[2 * index] = sides.caller.ring[place] ?? 0
      both[2 * index + 1] = sides.agent.ring[place] ?? 0
      sides.caller.ring[place] = 0
      sides.agent.ring[place] = 0
    }
    taken += count
    return both
  }

  return {
    place(name, pcm, at) {
      const side = sides[name]
      const byClock = toSamples(at - startAt)
      const goesOn = Math.abs(byClock - side.next) <= toSamples(jitterMs)
      const start = goesOn ? side.next : byClock
      for (let index = 0; index < pcm.length; index += 1) {
        const place = start + index
        if (place >= taken && place < taken + capacity)
          side.ring[place % capacity] = pcm[index] ?? 0
      }
      side.next = start + pcm.length
    },
    cut(name, at) {
      const side = sides[name]
      const from = Math.max(taken, toSamples(at - startAt))
      for (let place = from; place < taken + capacity; place += 1) side.ring[place % capacity] = 0
      side.next = Math.min(side.next, from)
    },
    take: (now) => takeUntil(toSamples(now - holdMs - startAt)),
    end: (now) => takeUntil(toSamples(now - startAt)),
  }
}
