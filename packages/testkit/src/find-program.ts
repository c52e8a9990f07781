import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The first folder's executable file of that name, PATH first and then `folders`; undefined when there is none. */
export function findProgram(
  name: string,
  { path, folders = [] }: { path: string; folders?: readonly string[] },
): string | undefined {
  for (const folder of [...path.split(delimiter), ...folders]) {
    const file = join(folder, name)
    try {
      if (folder === '') continue
      accessSync(file, constants.X_OK)
      return file
    } catch {
      // Not in this folder: look on.
    }
  }
  return undefined
}
