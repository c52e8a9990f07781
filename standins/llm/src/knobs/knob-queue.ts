import type { Knobs } from './knobs.ts'

export interface QueuedKnobs {
  readonly knobs: Knobs
  readonly remaining: number
}

/** Knobs set by the control route, each for a number of requests, in the order they were set. */
export class KnobQueue {
  #queue: QueuedKnobs[] = []

  push(knobs: Knobs, count: number): void {
    this.#queue.push({ knobs, remaining: count })
  }

  /** The knobs of the next request; uses up one of its count. */
  take(): Knobs {
    const [first, ...rest] = this.#queue
    if (!first) return {}
    const remaining = first.remaining - 1
    this.#queue = remaining > 0 ? [{ ...first, remaining }, ...rest] : rest
    return first.knobs
  }

  list(): readonly QueuedKnobs[] {
    return this.#queue
  }

  clear(): void {
    this.#queue = []
  }
}
