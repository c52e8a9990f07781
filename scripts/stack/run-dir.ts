import { join, resolve } from 'node:path'
import type { Environment } from '../settings/settings.ts'

export interface RunDir {
  readonly folder: string
  readonly stackFile: string
  readonly recordFile: string
  readonly secretsFile: string
  readonly supervisorLog: string
  readonly configs: string
  readonly logs: string
  readonly data: string
}

/** Where one stack keeps its files: `.run`, `.run/offset-N` beside it, or `TRUNKLINE_RUN_DIR`. */
export function runDir(
  env: Environment,
  { root, portOffset }: { root: string; portOffset: number },
): RunDir {
  const named = env['TRUNKLINE_RUN_DIR']
  const own = portOffset === 0 ? join(root, '.run') : join(root, '.run', `offset-${portOffset}`)
  const folder = named ? resolve(named) : own
  return {
    folder,
    stackFile: join(folder, 'stack.json'),
    recordFile: join(folder, 'processes.json'),
    secretsFile: join(folder, 'secrets.json'),
    supervisorLog: join(folder, 'supervisor.log'),
    configs: join(folder, 'config'),
    logs: join(folder, 'logs'),
    data: join(folder, 'data'),
  }
}
