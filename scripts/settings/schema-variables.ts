import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../paths.ts'

/** What is spread into schemas by name. */
export const spreadVariableFiles = [
  'packages/runtime/src/service-variables.ts',
  'agent/src/recording/sink-settings.ts',
]

/** The schemas of all services and stand-ins, from the repository's folder. */
export function configFiles(): readonly string[] {
  return globSync('{*,standins/*}/src/config.ts', { cwd: repositoryRoot })
}

/** The variables that a schema names itself: the keys in capitals of its file. */
export function schemaVariables(file: string): readonly string[] {
  const source = readFileSync(join(repositoryRoot, file), 'utf8')
  return [...source.matchAll(/^\s+([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+):/gm)].flatMap(
    ([, name]) => name ?? [],
  )
}
