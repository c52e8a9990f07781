import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { repositoryRoot } from '../../scripts/paths.ts'
import type { Commit, Machine } from '../report/machine.ts'
import type { Figures } from './figures.ts'
import type { Verdict } from './goals.ts'
import type { Leftover } from './leftovers.ts'
import type { MeasuredCall } from './measured-call.ts'
import type { MemoryReport, MemorySample } from './memory.ts'

/** All that a run found out. */
export interface BenchResult {
  readonly startedAt: string
  readonly machine: Machine
  readonly commit: Commit
  readonly load: { readonly before: readonly number[]; readonly after: readonly number[] }
  readonly leftoversOnly: boolean
  readonly figures: Figures
  readonly leftovers: readonly Leftover[]
  /** How long after the last call nothing was left. */
  readonly clearedMs: number | undefined
  readonly memory: MemoryReport
  readonly verdicts: readonly Verdict[]
  readonly calls: readonly MeasuredCall[]
  readonly memorySamples: readonly MemorySample[]
}

/** Writes the result beside earlier ones; gives the file's path. */
export async function writeResult(result: BenchResult): Promise<string> {
  const folder = join(repositoryRoot, 'bench', 'results')
  await mkdir(folder, { recursive: true })
  const file = join(folder, resultName(result))
  await writeFile(file, `${JSON.stringify(result, null, 2)}\n`)
  return file
}

/** `2026-11-21-0442-a1b2c3d-call.json`; no colons, which Windows does not take. */
export function resultName({ startedAt, commit }: Pick<BenchResult, 'startedAt' | 'commit'>) {
  const time = startedAt.slice(0, 16).replace('T', '-').replace(':', '')
  return `${time}-${commit.id}${commit.dirty ? '-dirty' : ''}-call.json`
}
