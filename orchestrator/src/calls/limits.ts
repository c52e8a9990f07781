/** A limit that ends a call under way, as its end reason. */
export type ReachedLimit = 'silence' | 'max-duration' | 'cost-limit' | 'caller-hold' | 'bot-loop'

export interface LimitInput {
  /** Epoch milliseconds, like every `…At` here. */
  readonly now: number
  /** When the call was answered, or created while it has not been. */
  readonly startedAt: number
  /** The last time a word of the caller's was recognised, or ours were heard; reprompts do not count. */
  readonly lastWordAt: number
  /** True while a reply is being made or spoken: that is no silence. */
  readonly isBusy: boolean
  readonly callMs: number
  readonly silenceMs: number
  /** Since when the caller has held us, by what is heard of them; undefined: they have not. */
  readonly heldSince: number | undefined
  readonly holdMs: number
  /** What the call has cost, and what it may; undefined: as much as it likes. Euro. */
  readonly costEur: number
  readonly maxCostEur: number | undefined
}

/** Which limit has been reached, if any. Noise and voices without words put none of them off. */
export function reachedLimit(input: LimitInput): Exclude<ReachedLimit, 'bot-loop'> | undefined {
  const { now, heldSince, lastWordAt, silenceMs } = input
  if (now - input.startedAt >= input.callMs) return 'max-duration'
  if (input.maxCostEur !== undefined && input.costEur >= input.maxCostEur) return 'cost-limit'
  if (heldSince !== undefined) {
    return now - heldSince >= input.holdMs ? 'caller-hold' : undefined
  }
  if (!input.isBusy && now - lastWordAt >= silenceMs) return 'silence'
  return undefined
}

export interface RepromptInput
  extends Pick<
    LimitInput,
    'now' | 'lastWordAt' | 'isBusy' | 'silenceMs' | 'heldSince' | 'startedAt'
  > {
  /** How many there may be in one silence, and how many there were in this one. */
  readonly reprompts: number
  readonly made: number
  /** Since when the caller makes a sound; undefined: they do not. */
  readonly soundSince: number | undefined
}

/** A caller who has begun to make a sound gets so long to come to a word. */
const soundMs = 5000

/** Whether the caller is to be asked again: the silence is divided evenly, the goodbye at its end. */
export function isRepromptDue(input: RepromptInput): boolean {
  const { now, lastWordAt, silenceMs, reprompts, made, soundSince } = input
  if (input.isBusy || input.heldSince !== undefined || made >= reprompts) return false
  if (soundSince !== undefined && now - soundSince < soundMs) return false
  return now - lastWordAt >= ((made + 1) * silenceMs) / (reprompts + 1)
}
