import type { FarewellKind } from './farewell.ts'

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
}

/** Which limit has been reached, if any. */
export function reachedLimit(input: LimitInput): FarewellKind | undefined {
  if (input.now - input.startedAt >= input.callMs) return 'max-duration'
  if (!input.isBusy && input.now - input.lastSoundAt >= input.silenceMs) return 'silence'
  return undefined
}
