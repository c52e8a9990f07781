import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Ring } from '../arguments.ts'
import { npmPrograms, repositoryRoot } from '../paths.ts'
import { createProgress } from '../progress.ts'
import {
  addTotals,
  noTests,
  printTotals,
  type RunTotals,
  runTotalsSchema,
} from '../testing/totals.ts'
import { toolPath } from '../toolchain/find-tools.ts'
import { obtainTools, ToolchainError } from '../toolchain/obtain.ts'
import { toolNames } from '../toolchain/tools.ts'

export interface TestOptions {
  readonly rings: readonly Ring[]
  readonly files: readonly string[]
  readonly pattern: string | undefined
}

/** Runs the rings one after another and ends with the sum of their totals, alone on the last line. */
export async function test({ rings, files, pattern }: TestOptions): Promise<number> {
  const needsTools = rings.some((ring) => ring !== 'unit')
  if (needsTools) await obtainAll()
  const path = [npmPrograms, toolPath(process.env, { root: repositoryRoot })].join(delimiter)
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-totals-'))
  let totals: RunTotals = { ...noTests, failures: [] }
  try {
    for (const ring of rings) {
      process.stdout.write(`\n==> ${ring} tests <==\n`)
      const totalsFile = join(folder, ring)
      const code = await runVitest({ ring, files, pattern, path, totalsFile })
      const ran = readTotals(totalsFile, { ring, code })
      const failures = [...totals.failures, ...ran.failures]
      totals = { ...addTotals(totals, ran), failures }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  process.stdout.write('\n')
  printTotals(totals)
  return totals.failed === 0 ? 0 : 1
}

/** A missing tool skips the tests that need it, with its reason; here it is said once more, with the remedy. */
async function obtainAll(): Promise<void> {
  const write = (line: string) => void process.stdout.write(`${line}\n`)
  const progress = createProgress({ write })
  const { signal } = new AbortController()
  try {
    const { missing } = await obtainTools(toolNames, {
      env: process.env,
      root: repositoryRoot,
      progress,
      signal,
    })
    for (const sentence of missing) write(`Note: ${sentence}`)
  } catch (error) {
    if (!(error instanceof ToolchainError)) throw error
    write(`Note: ${error.message}`)
  }
}

interface VitestRun {
  readonly ring: Ring
  readonly files: readonly string[]
  readonly pattern: string | undefined
  readonly path: string
  readonly totalsFile: string
}

async function runVitest({ ring, files, pattern, path, totalsFile }: VitestRun): Promise<number> {
  const args = ['run', '--project', ring, '--passWithNoTests', ...files]
  const child = spawn('vitest', pattern === undefined ? args : [...args, '-t', pattern], {
    cwd: repositoryRoot,
    env: { ...process.env, PATH: path, TRUNKLINE_TEST_TOTALS: totalsFile },
    stdio: 'inherit',
  })
  const [code] = await once(child, 'exit')
  return code ?? 1
}

/** vitest that failed before or besides its tests counts as one failure, so that no failure is lost. */
function readTotals(file: string, { ring, code }: { ring: Ring; code: number }): RunTotals {
  const totals = existsSync(file)
    ? runTotalsSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    : { ...noTests, failures: [] }
  if (code === 0 || totals.failed > 0) return totals
  return { ...totals, failed: 1, failures: [`vitest itself, exit ${code}, in the ${ring} tests`] }
}
