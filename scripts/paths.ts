import { dirname, join } from 'node:path'

/** The repository's folder: commands work from any current directory. */
export const repositoryRoot = dirname(import.meta.dirname)

/** Programs installed by npm, for children that look for `node`, `vitest` or `tsc` by name. */
export const npmPrograms = join(repositoryRoot, 'node_modules', '.bin')
