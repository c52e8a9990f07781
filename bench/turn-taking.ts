import { writeFile } from 'node:fs/promises'
import { untilInterrupted } from './report/until-interrupted.ts'
import { describeCircumstances, noteCircumstances, writeFigures } from './report/write-figures.ts'
import { buildCorpus } from './turn-taking/build-corpus.ts'
import { describeFigures, describeGoals } from './turn-taking/describe.ts'
import { drawCurves } from './turn-taking/draw-curves.ts'
import { measure } from './turn-taking/figures.ts'
import { writeFixture } from './turn-taking/fixture.ts'
import { toGoals } from './turn-taking/goals.ts'
import { benchTurnTakingUsage, readBenchTurnTakingOptions } from './turn-taking/options.ts'

/** Needs espeak-ng, flite and asterisk-core-sounds-en-wav, and nothing that runs. */
export const needsStack = false

/** `./trunkline bench turn-taking`: pauses, backchannels and interruptions, decided in virtual time. */
export async function runBench(argv: string[]): Promise<number> {
  const print = (line: string) => void process.stdout.write(`${line}\n`)
  if (argv.includes('--help')) {
    print(benchTurnTakingUsage)
    return 0
  }
  let options: ReturnType<typeof readBenchTurnTakingOptions>
  try {
    options = readBenchTurnTakingOptions(argv)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return 2
  }
  return untilInterrupted(async (signal) => {
    const { set, fixture, delaysMs, svg } = options
    const circumstances = noteCircumstances()
    const corpus = await buildCorpus({ set, signal, print })
    if (fixture) print(await writeFixture(corpus))
    const figures = measure(corpus, { delaysMs, signal })
    const goals = toGoals(figures)
    const result = { circumstances: circumstances.end(), set, figures, goals }
    print(`\n${describeCircumstances(result.circumstances)}\n`)
    print(`${describeFigures(figures)}\n\n${describeGoals(goals)}`)
    if (svg !== undefined) await writeFile(svg, drawCurves(figures))
    // What is tuned on is no result.
    if (set === 'measuring') print(`\n${await writeFigures('turn-taking', result)}`)
    return 0
  })
}
