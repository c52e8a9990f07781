import type { MissingPart } from '@trunkline/testkit'
import { addTotals, noTests, type Totals } from './totals.ts'

/** What the reporter needs of vitest's test modules, suites and tests. */
export interface ResultNode {
  readonly type: 'module' | 'suite' | 'test'
  readonly name: string
  readonly children: Iterable<ResultNode>
  /** Of a module or suite: a file that cannot be read, a hook that failed. */
  readonly errorCount: number
  readonly state: 'passed' | 'failed' | 'skipped' | 'pending'
  readonly missingPart: MissingPart | undefined
  readonly note: string | undefined
}

export interface Results {
  readonly totals: Totals
  /** Why tests were skipped: the reason and their names. */
  readonly skips: ReadonlyMap<string, readonly string[]>
  /** File, suites and name of each test, hook or file that failed. */
  readonly failures: readonly string[]
}

/**
 * Counts a run. A test left out by `-t` counts as nothing; one that never finished, a hook that failed and a
 * file that cannot be read count as failed.
 */
export function readResults(modules: Iterable<ResultNode>, pattern?: RegExp): Results {
  const skips = new Map<string, string[]>()
  const failures: string[] = []
  let totals = noTests
  const add = (more: Totals, name: string) => {
    totals = addTotals(totals, more)
    if (more.failed > 0) failures.push(name)
  }
  const visit = (
    node: ResultNode,
    {
      file,
      names,
      reason,
    }: { file: string; names: readonly string[]; reason?: string | undefined },
  ) => {
    const path = node.type === 'module' ? names : [...names, node.name]
    const why = reasonOf(node) ?? reason
    const place = [file, ...path].join(' > ')
    if (node.type !== 'test') {
      add({ ...noTests, failed: node.errorCount }, place)
      for (const child of node.children) visit(child, { file, names: path, reason: why })
      return
    }
    if (pattern && !pattern.test(path.join(' '))) return
    add(count(node.state), place)
    if (node.state !== 'skipped') return
    const key = why ?? 'no reason given'
    skips.set(key, [...(skips.get(key) ?? []), path.join(' > ')])
  }
  for (const module of modules) visit(module, { file: module.name, names: [] })
  return { totals, skips, failures }
}

function reasonOf({ missingPart, note }: ResultNode): string | undefined {
  return missingPart ? `${missingPart.part}: ${missingPart.reason}` : note
}

function count(state: ResultNode['state']): Totals {
  switch (state) {
    case 'passed':
      return { ...noTests, passed: 1 }
    case 'skipped':
      return { ...noTests, skipped: 1 }
    case 'failed':
    case 'pending':
      return { ...noTests, failed: 1 }
    default:
      return state satisfies never
  }
}
