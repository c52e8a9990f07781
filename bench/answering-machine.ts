import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type Greeting, replayAnswer } from '../agent/test/answering-machine/replay-answer.ts'
import { readCorpus } from './answering-machine/corpus.ts'
import { listen } from './answering-machine/listen.ts'
import { makeAudio } from './answering-machine/make-audio.ts'
import { summarize } from './report/statistics.ts'
import { textTable } from './report/text-table.ts'
import { untilInterrupted } from './report/until-interrupted.ts'
import { describeCircumstances, noteCircumstances, writeFigures } from './report/write-figures.ts'

/** Needs espeak-ng, flite and asterisk-core-sounds-en-wav, and nothing that runs. */
export const needsStack = false

const usage = `./trunkline bench answering-machine [--all] [--write-fixture]
  --all            says of every greeting what it was taken for
  --write-fixture  writes what was heard to agent/test/answering-machine/greetings.json`

const fixture = new URL('../agent/test/answering-machine/greetings.json', import.meta.url)
/** Besides a perfect recogniser: one that gets every seventh word wrong. */
const wrongEvery = 7

/** `./trunkline bench answering-machine`: 40 humans, 40 machines and 10 menus, told apart. */
export async function runBench(argv: string[]): Promise<number> {
  const print = (line: string) => void process.stdout.write(`${line}\n`)
  if (argv.includes('--help')) {
    print(usage)
    return 0
  }
  const flag = { type: 'boolean', default: false } as const
  const { values } = parseArgs({ args: argv, options: { all: flag, 'write-fixture': flag } })
  return untilInterrupted(async (signal) => {
    const circumstances = noteCircumstances()
    const greetings: Greeting[] = []
    for (const sample of await readCorpus()) {
      signal.throwIfAborted()
      greetings.push(listen(sample, await makeAudio(sample)))
    }
    const judged = greetings.map((greeting) => judge(greeting))
    const rows = (['measure', 'tune'] as const).flatMap((half) =>
      (['plain', 'withErrors'] as const).map((how) => toRow(judged, { half, how })),
    )
    if (values.all) for (const one of judged) print(describe(one))
    if (values['write-fixture']) await writeFile(fixture, toLines(greetings))
    const result = { circumstances: circumstances.end(), rows, judged }
    const file = await writeFigures('answering-machine', result)
    print(`\n${describeCircumstances(result.circumstances)}\n`)
    print(textTable([head, ...rows.map(toCells)]))
    print(`\ntime of the decision counts from the answer\n\n${file}`)
    return rows.every(
      ({ half, right, humansLost }) => half === 'tune' || (right >= 95 && humansLost <= 1),
    )
      ? 0
      : 1
  })
}

const judge = (greeting: Greeting) => ({
  id: greeting.id,
  kind: greeting.kind,
  half: greeting.half,
  endsMs: greeting.utterances.at(-1)?.endMs ?? 0,
  plain: replayAnswer(greeting),
  withErrors: replayAnswer(greeting, { wrongEvery }),
})
type Judged = ReturnType<typeof judge>

function toRow(
  judged: readonly Judged[],
  { half, how }: { half: 'measure' | 'tune'; how: 'plain' | 'withErrors' },
) {
  const of = judged.filter((one) => one.half === half)
  const greetings = of.filter(({ kind }) => kind !== 'ivr')
  const rightOf = (all: readonly Judged[]) => all.filter((one) => one[how].by === one.kind)
  const times = (kind: Judged['kind']) =>
    summarize(rightOf(of.filter((one) => one.kind === kind)).map((one) => one[how].atMs))
  return {
    half,
    recogniser: how === 'plain' ? 'perfect' : `every ${wrongEvery}th word wrong`,
    count: greetings.length,
    right: (100 * rightOf(greetings).length) / greetings.length,
    humansLost: of.filter((one) => one.kind === 'human' && isMachine(one[how].by)).length,
    machinesTaken: of.filter((one) => one.kind === 'machine' && !isMachine(one[how].by)).length,
    menus: `${rightOf(of.filter(({ kind }) => kind === 'ivr')).length} of ${of.filter(({ kind }) => kind === 'ivr').length}`,
    humanMs: times('human'),
    machineMs: times('machine'),
  }
}

const isMachine = (by: string) => by === 'machine' || by === 'ivr'

const head = [
  ...[
    'half',
    'recogniser',
    'greetings',
    'right',
    'humans taken for machines',
    'machines for humans',
  ],
  ...['menus right', 'human P50/P95 ms', 'machine P50/P95 ms'],
]

function toCells(row: ReturnType<typeof toRow>): string[] {
  const span = (summary: ReturnType<typeof summarize>) =>
    summary ? `${Math.round(summary.p50)} / ${Math.round(summary.p95)}` : '–'
  return [
    ...[row.half, row.recogniser, `${row.count}`, `${row.right.toFixed(1)} %`],
    ...[
      `${row.humansLost}`,
      `${row.machinesTaken}`,
      row.menus,
      span(row.humanMs),
      span(row.machineMs),
    ],
  ]
}

function describe({ id, kind, half, endsMs, plain, withErrors }: Judged): string {
  const mark = plain.by === kind && withErrors.by === kind ? ' ' : '!'
  return `${mark} ${half.padEnd(8)}${id.padEnd(18)}ends ${endsMs}: ${plain.by} ${plain.atMs} (${plain.why}), with errors ${withErrors.by} ${withErrors.atMs} (${withErrors.why})`
}

/** One greeting a line. */
const toLines = (greetings: readonly Greeting[]) =>
  `[\n${greetings.map((one) => `  ${JSON.stringify(one)}`).join(',\n')}\n]\n`
