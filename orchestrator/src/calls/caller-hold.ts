import type { AgentMessageOf } from '@trunkline/contracts'

type AudioState = AgentMessageOf<'caller-audio'>['state']

/** Whether the caller holds us, by what is heard of them: carriers do not tell. */
export interface CallerHold {
  note(audio: { readonly state: AudioState; readonly sinceMs: number }): void
  /** Epoch milliseconds; undefined while they do not. */
  readonly since: number | undefined
}

/** An announcement within hold music is shorter: the hold goes on behind it. */
const gapMs = 5000

const holding: ReadonlySet<AudioState> = new Set(['music', 'no-media'])

export function createCallerHold({ now }: { now: () => number }): CallerHold {
  let held: { readonly since: number; readonly until?: number } | undefined
  const isOver = () => held?.until !== undefined && now() - held.until >= gapMs
  return {
    note({ state, sinceMs }) {
      const from = now() - sinceMs
      if (isOver()) held = undefined
      if (holding.has(state)) held = { since: held?.since ?? from }
      else if (held && held.until === undefined) held = { since: held.since, until: from }
    },
    get since() {
      return isOver() ? undefined : held?.since
    },
  }
}
