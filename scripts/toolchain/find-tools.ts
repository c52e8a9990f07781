import { accessSync, constants } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Environment } from '../settings/settings.ts'
import type { Finding } from './choose.ts'
import { runCommand } from './machine.ts'
import { livekitVersion, type ToolName } from './tools.ts'

/**
 * Tools that were built are kept outside the clone, so that a fresh one has them at once. The folder is
 * named after the pinned version: another version is built anew.
 */
export function toolCache(env: Environment): string {
  const cache = env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), '.cache')
  return join(cache, 'trunkline', 'tools', `livekit-${livekitVersion}`)
}

/** PATH, then the clone's own `.tools/bin`, then the cache. */
export function toolPath(env: Environment, { root }: { root: string }): string {
  return [env['PATH'] ?? '', join(root, '.tools', 'bin'), toolCache(env)].join(delimiter)
}

export function findProgram(name: string, path: string): string | undefined {
  const folders = path.split(delimiter).filter((folder) => folder !== '')
  return folders.map((folder) => join(folder, name)).find(isExecutable)
}

export function findTool(name: ToolName, path: string): Finding {
  const found = findProgram(name, path)
  if (found === undefined || name !== 'livekit-sip') return { path: found }
  // The only one that comes as a bare program, without the package that would bring its libraries.
  const { ok, stderr } = runCommand(found, { args: ['--version'], path })
  return { path: found, lacksLibraries: !ok && /shared librar|Library not loaded/.test(stderr) }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
