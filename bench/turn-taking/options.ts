import { parseArgs } from 'node:util'
import type { CorpusSet } from './voices.ts'

export interface BenchTurnTakingOptions {
  readonly set: CorpusSet
  /** Silence of a decision that is sure, one point of the curves each. */
  readonly delaysMs: readonly number[]
  /** Writes the sample that a unit test replays. */
  readonly fixture: boolean
  /** Where the curves are drawn, if they are. */
  readonly svg: string | undefined
}

export const benchTurnTakingUsage = `Plays recorded pauses, backchannels and interruptions in five languages to the turn-taking decision, in virtual time.

  ./trunkline bench turn-taking [--set measuring|tuning] [--delays 300,400,500,600,800,1000] [--svg FILE] [--write-fixture]

  --set            whose voices and texts; figures are of the measuring set, which is the default
  --delays         points of the curves, in milliseconds of silence
  --svg            draws the curves
  --write-fixture  writes a small sample of the corpus to bench/turn-taking/__fixtures__/cases.json

Audio, VAD windows and the model's answers are computed once and kept in ~/.cache/trunkline/turn-taking; the first
run takes some ten minutes a set and can be stopped and gone on with. Replaying takes seconds.`

/** @throws {Error} ready to print, for what cannot be understood */
export function readBenchTurnTakingOptions(argv: readonly string[]): BenchTurnTakingOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      set: { type: 'string', default: 'measuring' },
      delays: { type: 'string', default: '200,300,400,500,600,800,1000' },
      svg: { type: 'string' },
      'write-fixture': { type: 'boolean', default: false },
    },
    allowPositionals: false,
  })
  const { set, delays, svg } = values
  if (set !== 'measuring' && set !== 'tuning') throw new Error('--set wants measuring or tuning')
  const delaysMs = delays.split(',').map(Number)
  if (!delaysMs.every((ms) => Number.isInteger(ms) && ms >= 50 && ms <= 5000)) {
    throw new Error('--delays wants whole numbers from 50 to 5000, separated by commas')
  }
  return { set, delaysMs, svg, fixture: values['write-fixture'] }
}
