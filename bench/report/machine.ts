import { execFileSync } from 'node:child_process'
import { cpus, loadavg, release, totalmem, type } from 'node:os'
import { repositoryRoot } from '../../scripts/paths.ts'

export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryMb: number
  readonly os: string
  readonly node: string
}

export interface Commit {
  readonly id: string
  /** Files differ from it. */
  readonly dirty: boolean
}

/** Where a result was made: figures of two machines do not compare. */
export function readMachine(): Machine {
  const all = cpus()
  return {
    cpu: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    memoryMb: Math.round(totalmem() / 1024 ** 2),
    os: `${type()} ${release()}`,
    node: process.version,
  }
}

/** Of the last 1, 5 and 15 minutes. */
export function readLoad(): readonly number[] {
  return loadavg().map((value) => Math.round(value * 100) / 100)
}

export function readCommit(): Commit {
  try {
    return {
      id: git('rev-parse', '--short', 'HEAD'),
      dirty: git('status', '--porcelain', '--untracked-files=no') !== '',
    }
  } catch {
    return { id: 'unknown', dirty: true } // no git here, or an archive without its history
  }
}

function git(...args: readonly string[]): string {
  const options = { cwd: repositoryRoot, encoding: 'utf8', stdio: 'pipe' } as const
  return execFileSync('git', args, options).trim()
}
