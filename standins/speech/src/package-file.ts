import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/**
 * Path of a file inside an installed package, whatever its `exports` allow: weights and voices are files, not
 * modules.
 */
export function packageFile(name: string, file: string): string {
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? []
  const found = folders.map((folder) => join(folder, name, file)).find((path) => existsSync(path))
  if (!found) throw new Error(`${name} is not installed or holds no ${file}: run npm ci`)
  return found
}
