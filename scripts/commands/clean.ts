import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../paths.ts'
import { runDir } from '../stack/run-dir.ts'
import { readRunState } from '../stack/run-record.ts'

/**
 * Removes run folders: keys, data, logs. All of them without an offset; refused while one of them is used.
 * @returns 0, or 1 when a stack runs
 */
export function clean({ portOffset }: { portOffset: number | undefined }): number {
  const folders =
    portOffset === undefined || portOffset === 0
      ? allFolders()
      : [runDir(process.env, { root: repositoryRoot, portOffset }).folder]
  const used = folders.filter(
    (folder) => readRunState(join(folder, 'processes.json')).kind !== 'nothing',
  )
  if (used.length > 0) {
    process.stderr.write(
      `a stack runs in ${used.join(', ')}; end it first with "./trunkline down"\n`,
    )
    return 1
  }
  // The folder of offset 0 holds the others, so it goes last.
  for (const folder of folders.toReversed()) {
    rmSync(folder, { recursive: true, force: true })
    process.stdout.write(`removed ${folder}\n`)
  }
  if (folders.length === 0) process.stdout.write('there is nothing to remove\n')
  return 0
}

function allFolders(): readonly string[] {
  const { folder } = runDir(process.env, { root: repositoryRoot, portOffset: 0 })
  if (!existsSync(folder)) return []
  const others = readdirSync(folder).filter((name) => name.startsWith('offset-'))
  return [folder, ...others.map((name) => join(folder, name))]
}
