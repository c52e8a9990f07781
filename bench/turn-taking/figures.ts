import { line, type TurnTaking } from '@trunkline/contracts'
import { toProfile } from '../../agent/src/turn-taking/profile.ts'
import { type Summary, summarize } from '../report/statistics.ts'
import { type Baseline, decideAlone } from './baselines.ts'
import type { Features } from './features.ts'
import { judgeOver, judgeTurn, type OverOutcome, type TurnOutcome } from './judge.ts'
import type { OverSpec, TurnSpec } from './plan.ts'
import { replay } from './replay.ts'
import { countSpeculations, type Speculations } from './speculations.ts'

/** One point of a curve. */
export interface CurvePoint {
  /** Silence of a decision that is sure. */
  readonly delayMs: number
  readonly pauses: number
  readonly cutOffs: number
  readonly turns: number
  /** From the last sample of a turn to the decision. */
  readonly decided: Summary | undefined
  readonly meanDecidedMs: number
  /** Turns that were not over at the end of the audio, 2.6 s after them. */
  readonly undecided: number
}

/** What became of our voice under one kind of sound. */
export interface OverRow {
  readonly kind: string
  readonly cases: number
  readonly ducked: number
  readonly stopped: number
  readonly duckedMs: Summary | undefined
  readonly stoppedMs: Summary | undefined
  /** From the end of the sound. */
  readonly resumedMs: Summary | undefined
  readonly resumedInTime: number
  readonly resumed: number
}

export interface Figures {
  readonly curves: {
    readonly ours: readonly CurvePoint[]
    readonly oursMisheard: readonly { readonly wordErrorRate: number; readonly point: CurvePoint }[]
    readonly model: readonly CurvePoint[]
    readonly vad: readonly CurvePoint[]
  }
  /** At the shipped 300 ms. */
  readonly byTopic: readonly { readonly name: string; readonly point: CurvePoint }[]
  readonly byLanguage: readonly { readonly name: string; readonly point: CurvePoint }[]
  readonly speculations: Speculations
  readonly over: readonly OverRow[]
  readonly overByLanguage: readonly {
    readonly name: string
    readonly notMeant: OverRow
    readonly meant: OverRow
  }[]
  readonly overMisheard: readonly {
    readonly wordErrorRate: number
    readonly notMeant: OverRow
    readonly meant: OverRow
  }[]
}

/** As a line that says nothing of turn-taking has it. */
export const shippedTurnTaking: TurnTaking = line.shape.turnTaking.parse({})
const resumeGoalMs = 400
const misheardRates = [0.05, 0.1, 0.2]

interface JudgedTurn {
  readonly spec: TurnSpec
  readonly outcome: TurnOutcome
}
interface JudgedOver {
  readonly spec: OverSpec
  readonly outcome: OverOutcome
}

export function measure(
  corpus: readonly Features[],
  { delaysMs, signal }: { delaysMs: readonly number[]; signal: AbortSignal },
): Figures {
  const play = (features: Features, delayMs: number, wordErrorRate = 0) => {
    const turnTaking = { ...shippedTurnTaking, minEndpointingDelayMs: delayMs }
    const profile = toProfile(turnTaking, features.spec.language)
    return replay(features, { profile, wordErrorRate })
  }
  const ours = (delayMs: number, wordErrorRate = 0) => {
    signal.throwIfAborted()
    return toTurns(corpus, (features) =>
      play(features, delayMs, wordErrorRate).flatMap((command) =>
        command.type === 'commit' ? [command.at] : [],
      ),
    )
  }
  const alone = (by: Baseline) => (delayMs: number) =>
    toPoint(
      delayMs,
      toTurns(corpus, (features) => decideAlone(features, { by, delayMs })),
    )
  const shipped = ours(shippedTurnTaking.minEndpointingDelayMs)
  const shippedMs = shippedTurnTaking.minEndpointingDelayMs
  const turns = corpus.filter(({ spec }) => spec.kind === 'turn')
  const over = playOver(corpus, 0)
  return {
    curves: {
      ours: delaysMs.map((delayMs) => toPoint(delayMs, ours(delayMs))),
      oursMisheard: misheardRates.flatMap((wordErrorRate) =>
        [300, 600].map((delayMs) => ({
          wordErrorRate,
          point: toPoint(delayMs, ours(delayMs, wordErrorRate)),
        })),
      ),
      model: delaysMs.map(alone('v1-mini')),
      vad: delaysMs.map(alone('vad')),
    },
    byTopic: groupBy(shipped, ({ spec }) => spec.topic).map(([name, turns]) => ({
      name,
      point: toPoint(shippedMs, turns),
    })),
    byLanguage: groupBy(shipped, ({ spec }) => spec.language).map(([name, turns]) => ({
      name,
      point: toPoint(shippedMs, turns),
    })),
    speculations: countSpeculations(turns.map((features) => play(features, shippedMs))),
    over: groupBy(over, kindOf).map(([kind, cases]) => toRow(kind, cases)),
    overByLanguage: groupBy(over, ({ spec }) => spec.language).map(([name, cases]) => ({
      name,
      ...toBoth(cases),
    })),
    overMisheard: [0, ...misheardRates].map((wordErrorRate) => ({
      wordErrorRate,
      ...toBoth(wordErrorRate === 0 ? over : playOver(corpus, wordErrorRate)),
    })),
  }
}

function toTurns(
  corpus: readonly Features[],
  decide: (features: Features) => readonly number[],
): readonly JudgedTurn[] {
  return corpus.flatMap((features) => {
    const { spec } = features
    return spec.kind === 'turn' ? [{ spec, outcome: judgeTurn(features, decide(features)) }] : []
  })
}

function playOver(corpus: readonly Features[], wordErrorRate: number): readonly JudgedOver[] {
  return corpus.flatMap((features) => {
    const { spec } = features
    if (spec.kind !== 'over') return []
    const profile = toProfile(shippedTurnTaking, spec.language)
    return [{ spec, outcome: judgeOver(features, replay(features, { profile, wordErrorRate })) }]
  })
}

function toPoint(delayMs: number, turns: readonly JudgedTurn[]): CurvePoint {
  const pauses = turns.flatMap(({ outcome }) => outcome.isCut)
  const delays = turns.flatMap(({ outcome }) => outcome.delayMs ?? [])
  return {
    delayMs,
    pauses: pauses.length,
    cutOffs: pauses.filter(Boolean).length,
    turns: turns.length,
    decided: summarize(delays),
    meanDecidedMs: delays.reduce((sum, ms) => sum + ms, 0) / Math.max(1, delays.length),
    undecided: turns.length - delays.length,
  }
}

function toBoth(cases: readonly JudgedOver[]): { notMeant: OverRow; meant: OverRow } {
  return {
    notMeant: toRow(
      'not meant',
      cases.filter((one) => !isMeant(one)),
    ),
    meant: toRow('meant', cases.filter(isMeant)),
  }
}

function toRow(kind: string, cases: readonly JudgedOver[]): OverRow {
  const outcomes = cases.map(({ outcome }) => outcome)
  const resumed = outcomes.flatMap(({ resumedMs }) => resumedMs)
  return {
    kind,
    cases: cases.length,
    ducked: outcomes.filter(({ duckedMs }) => duckedMs !== undefined).length,
    stopped: outcomes.filter(({ isStopped }) => isStopped).length,
    duckedMs: summarize(outcomes.map(({ duckedMs }) => duckedMs)),
    stoppedMs: summarize(outcomes.map(({ stoppedMs }) => stoppedMs)),
    resumedMs: summarize(resumed),
    resumedInTime: resumed.filter((ms) => ms <= resumeGoalMs).length,
    resumed: resumed.length,
  }
}

function isMeant({ spec: { sound } }: JudgedOver): boolean {
  return sound.type === 'stop' || sound.type === 'interruption'
}

function kindOf({ spec: { sound } }: JudgedOver): string {
  return sound.type === 'noise' ? `noise: ${sound.noise}` : sound.type
}

function groupBy<T>(values: readonly T[], nameOf: (value: T) => string): [string, readonly T[]][] {
  const groups = new Map<string, T[]>()
  for (const value of values) {
    const group = groups.get(nameOf(value))
    if (group) group.push(value)
    else groups.set(nameOf(value), [value])
  }
  return [...groups]
}
