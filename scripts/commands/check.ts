import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { delimiter } from 'node:path'
import { npmPrograms, repositoryRoot } from '../paths.ts'
import { seconds } from '../progress.ts'

interface Check {
  readonly name: string
  readonly command: readonly [string, ...string[]]
}

const checks: readonly Check[] = [
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'format and lint', command: ['biome', 'check', '--error-on-warnings', '.'] },
  { name: 'promises', command: ['oxlint', '--type-aware'] },
  { name: 'unused code', command: ['knip', '--no-progress', '--no-config-hints'] },
  // The root has dependencies of its own (scripts, bench, e2e), and any npm from 10 on will do.
  {
    name: 'workspace versions',
    command: ['sherif', '-r', 'root-package-manager-field', '-r', 'root-package-dependencies'],
  },
  { name: 'unit tests', command: ['vitest', 'run', '--project', 'unit', '--reporter', 'dot'] },
]

/** Runs every check at once and prints each with its time; the output of those that fail follows. */
export async function check(): Promise<number> {
  const startedAt = performance.now()
  const results = await Promise.all(checks.map(run))
  const failed = results.filter(({ code }) => code !== 0)
  for (const { name, output } of failed) {
    process.stdout.write(`\n==> ${name} <==\n${output.trimEnd()}\n`)
  }
  const took = seconds(performance.now() - startedAt)
  const verdict = failed.length === 0 ? 'all checks passed' : `${failed.length} failed`
  process.stdout.write(`\n${verdict}, ${took}\n`)
  return failed.length === 0 ? 0 : 1
}

async function run({ name, command: [program, ...args] }: Check) {
  const startedAt = performance.now()
  const child = spawn(program, args, {
    cwd: repositoryRoot,
    env: { ...process.env, PATH: `${npmPrograms}${delimiter}${process.env['PATH']}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const keep = (chunk: Buffer) => {
    output += chunk.toString()
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const code = await once(child, 'close').then(
    ([status]): number => status ?? 1,
    (error: unknown) => {
      output += String(error)
      return 1
    },
  )
  const mark = code === 0 ? '✓' : '✗'
  process.stdout.write(`  ${mark} ${name.padEnd(20)} ${seconds(performance.now() - startedAt)}\n`)
  return { name, code, output }
}
