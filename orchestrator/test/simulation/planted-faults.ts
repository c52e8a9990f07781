import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type PlantedFault, plantedFaults } from './faults.ts'
import { type HistoriesResult, runHistories } from './run-histories.ts'
import type { Plan } from './steps.ts'
import { startWorld } from './world.ts'

const usage = `Plants faults into copies of the orchestrator, one at a time, and says which the simulation finds.

  node orchestrator/test/simulation/planted-faults.ts [--calls 12] [--seed 1] [--at-once 8] [--only WORD]`

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '12' },
    seed: { type: 'string', default: '1' },
    'at-once': { type: 'string', default: '8' },
    only: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  },
})
const [calls, seed] = [Number(values.calls), Number(values.seed)]
const root = fileURLToPath(new URL('../../..', import.meta.url))
const write = (line: string) => void process.stdout.write(`${line}\n`)
/** A planted fault makes calls wait for what never comes: there is no reason to be patient. */
const stepMs = 10_000

/** Half of the calls have everything in them, so that no fault is missed by chance; the others are random. */
function planOf(index: number): Plan | undefined {
  if (index % 2 === 1) return undefined
  return {
    seed: seed + index,
    steps: [
      { kind: 'turn', sentences: 2 },
      ...[{ kind: 'dtmf' } as const, { kind: 'repeat', messages: 6 } as const],
      ...[{ kind: 'dtmf' } as const, { kind: 'drop', sentences: 3 } as const],
      ...[{ kind: 'kill-job', midTurn: true } as const, { kind: 'zombie' } as const],
      { kind: 'turn', sentences: 1 },
    ],
    ending: 'caller-hangup',
  }
}

/** A copy of the orchestrator whose packages are the repository's own. */
function copyOrchestrator(): string {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-fault-'))
  const filter = (path: string) => !path.includes('node_modules')
  cpSync(join(root, 'orchestrator'), join(folder, 'orchestrator'), { recursive: true, filter })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const own = join(root, 'orchestrator', 'node_modules')
  if (existsSync(own)) symlinkSync(own, join(folder, 'orchestrator', 'node_modules'))
  return folder
}

/** @throws {Error} when the code is not as the fault knows it */
function plant(folder: string, { name, edits }: PlantedFault): void {
  for (const { file, from, to } of edits) {
    const path = join(folder, 'orchestrator', 'src', file)
    const text = readFileSync(path, 'utf8')
    if (!text.includes(from)) throw new Error(`"${name}" does not fit ${file} any more`)
    writeFileSync(
      path,
      text.replace(from, () => to),
    )
  }
}

async function live(folder: string): Promise<HistoriesResult> {
  const world = await startWorld({
    ...{ replicas: 2, orchestrator: join(folder, 'orchestrator') },
    sentenceMs: 60, // so that a reply is under way when its connection goes to the other replica
  })
  try {
    const options = {
      seed,
      from: 0,
      to: calls,
      atOnce: Number(values['at-once']),
      killsReplicas: false,
      stepMs,
      planOf,
    }
    return await runHistories(world, options)
  } finally {
    await world.close()
  }
}

/** How many calls say so, and the first of their sentences. */
function find({ failures }: HistoriesResult, shows: RegExp) {
  const told = failures.flatMap(({ faults }) => faults.find((fault) => shows.test(fault)) ?? [])
  return { calls: told.length, first: told[0] ?? '' }
}

async function run(): Promise<number> {
  const folder = copyOrchestrator()
  try {
    const sound = await live(folder)
    write(`as it is: ${sound.failures.length} of ${calls} calls faulty`)
    for (const { plan, faults } of sound.failures) write(`  ${plan}\n    ${faults.join('\n    ')}`)
    let missed = 0
    for (const fault of plantedFaults.filter(({ name }) => name.includes(values.only))) {
      const copy = copyOrchestrator()
      try {
        plant(copy, fault)
        const found = find(await live(copy), fault.shows)
        const before = find(sound, fault.shows)
        const isFound = found.calls > before.calls
        if (!isFound) missed += 1
        write(
          `${isFound ? 'found ' : 'MISSED'}  ${fault.name}: in ${found.calls} calls  ${found.first}`,
        )
      } catch (error) {
        // One that does not fit, or a machine that starts nothing: the others still have their turn.
        missed += 1
        write(`NOT RUN ${fault.name}: ${String(error).split('\n')[0]}`)
      } finally {
        rmSync(copy, { recursive: true, force: true })
      }
    }
    return missed
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (values.help || !calls) write(usage)
else process.exitCode = (await run()) > 0 ? 1 : 0
