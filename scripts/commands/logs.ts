import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../paths.ts'
import { readLastLines } from '../stack/log-tail.ts'
import { runDir } from '../stack/run-dir.ts'

export interface LogsOptions {
  readonly portOffset: number
  readonly part: string | undefined
  readonly follow: boolean
  readonly lines: number
}

/** Prints the last lines of one part's log or of all; they stay after the stack has ended. */
export async function logs({ portOffset, part, follow, lines }: LogsOptions): Promise<number> {
  const dir = runDir(process.env, { root: repositoryRoot, portOffset })
  const parts = existsSync(dir.logs)
    ? readdirSync(dir.logs)
        .filter((name) => name.endsWith('.log'))
        .map((name) => name.slice(0, -'.log'.length))
        .sort()
    : []
  const names = [...parts, ...(existsSync(dir.supervisorLog) ? ['supervisor'] : [])]
  if (names.length === 0) {
    process.stderr.write('there are no logs: nothing was started here yet\n')
    return 3
  }
  if (part !== undefined && !names.includes(part)) {
    process.stderr.write(`there is no log of "${part}"; there are: ${names.join(', ')}\n`)
    return 2
  }
  const chosen = part === undefined ? names : [part]
  const files = chosen.map((name) =>
    name === 'supervisor' ? dir.supervisorLog : join(dir.logs, `${name}.log`),
  )
  if (follow) {
    // -F goes on when a new start replaces the file.
    const tail = spawn('tail', ['-n', String(lines), '-F', ...files], { stdio: 'inherit' })
    const [code] = await once(tail, 'exit')
    return code ?? 0
  }
  for (const [index, file] of files.entries()) {
    if (files.length > 1) process.stdout.write(`${index > 0 ? '\n' : ''}==> ${chosen[index]} <==\n`)
    for (const line of readLastLines(file, lines)) process.stdout.write(`${line}\n`)
  }
  return 0
}
