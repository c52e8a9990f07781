import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { repositoryRoot } from '../../scripts/paths.ts'
import { type Commit, type Machine, readCommit, readLoad, readMachine } from './machine.ts'

/** Where and of what figures were made. */
export interface Circumstances {
  readonly startedAt: string
  readonly machine: Machine
  readonly commit: Commit
  readonly load: { readonly before: readonly number[]; readonly after: readonly number[] }
}

/** Notes the circumstances now; `end` adds what is known only afterwards. */
export function noteCircumstances(): { end: () => Circumstances } {
  const startedAt = new Date().toISOString()
  const before = readLoad()
  const [machine, commit] = [readMachine(), readCommit()]
  return { end: () => ({ startedAt, machine, commit, load: { before, after: readLoad() } }) }
}

export function describeCircumstances({ machine, commit, load }: Circumstances): string {
  return [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryMb} MB, ${machine.os}, Node ${machine.node}`,
    `commit ${commit.id}${commit.dirty ? ' with changes' : ''}, load average ${load.before.join(' ')} before, ${load.after.join(' ')} after`,
  ].join('\n')
}

/** Writes figures beside those of other runs; gives the file's path. */
export async function writeFigures(
  name: string,
  result: { circumstances: Circumstances } & Record<string, unknown>,
): Promise<string> {
  const { startedAt, commit } = result.circumstances
  const folder = join(repositoryRoot, 'bench', 'results')
  await mkdir(folder, { recursive: true })
  const time = startedAt.slice(0, 16).replace('T', '-').replace(':', '')
  const file = join(folder, `${time}-${commit.id}${commit.dirty ? '-dirty' : ''}-${name}.json`)
  await writeFile(file, `${JSON.stringify(result, null, 2)}\n`)
  return file
}
