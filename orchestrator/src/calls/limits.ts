/** A limit that ends a call under way, as its end reason. */
export type ReachedLimit = 'silence' | 'max-duration' | 'cost-limit'

export interface LimitInput {
  /** Epoch milliseconds, like every `…At` here. */
  readonly now: number
  /** When the call was answered, or created while it has not been. */
  readonly startedAt: number
  /** The last time caller or agent made a sound. */
  readonly lastSoundAt: number
  /** True while a reply is being made or spoken, or the caller speaks: that is no silence. */
  readonly isBusy: boolean
  readonly callMs: number
  readonly silenceMs: number
  /** What the call has cost, and what it may; undefined: as much as it likes. Euro. */
  readonly costEur: number
  readonly maxCostEur: number | undefined
}

/** Which limit has been reached, if any. */
export function reachedLimit(input: LimitInput): ReachedLimit | undefined {
  if (input.now - input.startedAt >= input.callMs) return 'max-duration'
  if (input.maxCostEur !== undefined && input.costEur >= input.maxCostEur) return 'cost-limit'
  if (!input.isBusy && input.now - input.lastSoundAt >= input.silenceMs) return 'silence'
  return undefined
}
