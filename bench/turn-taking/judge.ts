import type { Features } from './features.ts'
import type { TimedCommand } from './replay.ts'

/** What became of a caller's turn. */
export interface TurnOutcome {
  /** One for each pause inside it: was it taken for the end? */
  readonly isCut: readonly boolean[]
  /** From the last sample of the turn to the decision; undefined: none was made. */
  readonly delayMs: number | undefined
}

/** A decision just after the caller has gone on was made about the pause. */
const afterPauseMs = 100

export function judgeTurn(
  { sounds }: Pick<Features, 'sounds'>,
  decidedAt: readonly number[],
): TurnOutcome {
  const isCut = sounds.slice(0, -1).map(({ toMs }, index) => {
    const nextFromMs = sounds[index + 1]?.fromMs ?? toMs
    return decidedAt.some((at) => at >= toMs && at < nextFromMs + afterPauseMs)
  })
  const endMs = sounds.at(-1)?.toMs ?? 0
  const end = decidedAt.find((at) => at >= endMs - afterPauseMs)
  return { isCut, delayMs: end === undefined ? undefined : end - endMs }
}

/** What became of our voice under a sound of the caller's. */
export interface OverOutcome {
  readonly isStopped: boolean
  /** From the first sample of the sound until our voice was brought down. */
  readonly duckedMs: number | undefined
  readonly stoppedMs: number | undefined
  /** From the end of the sound until our voice went on, of each time that it did. */
  readonly resumedMs: readonly number[]
}

export function judgeOver(
  { sounds }: Pick<Features, 'sounds'>,
  commands: readonly TimedCommand[],
): OverOutcome {
  const [fromMs, toMs] = [sounds[0]?.fromMs ?? 0, sounds[0]?.toMs ?? 0]
  const duck = commands.find(({ type }) => type === 'duck' || type === 'interrupt')
  const stop = commands.find(({ type }) => type === 'interrupt')
  const resumedMs = commands.flatMap(({ type, at }, index) => {
    // Echo has no end to count from.
    if (type !== 'restore' || sounds.length === 0) return []
    const ducked = commands.slice(0, index).findLast((command) => command.type === 'duck')
    return [at - Math.max(toMs, ducked?.at ?? 0)]
  })
  return {
    isStopped: stop !== undefined,
    duckedMs: duck && duck.at - fromMs,
    stoppedMs: stop && stop.at - fromMs,
    resumedMs,
  }
}
