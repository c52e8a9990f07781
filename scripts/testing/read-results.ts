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
}

/**
 * Counts a run. A test left out by `-t` counts as nothing; one that never finished, a hook that failed and a
 * file that cannot be read count as failed.
 */
export function readResults(modules: Iterable<ResultNode>, pattern?: RegExp): Results {
  const skips = new Map<string, string[]>()
  let totals = noTests
  const visit = (node: ResultNode, names: readonly string[], reason: string | undefined) => {
    const path = node.type === 'module' ? names : [...names, node.name]
    const why = reasonOf(node) ?? reason
    if (node.type !== 'test') {
      totals = addTotals(totals, { ...noTests, failed: node.errorCount })
      for (const child of node.children) visit(child, path, why)
      return
    }
    if (pattern && !pattern.test(path.join(' '))) return
    totals = addTotals(totals, count(node.state))
    if (node.state !== 'skipped') return
    const key = why ?? 'no reason given'
    skips.set(key, [...(skips.get(key) ?? []), path.join(' > ')])
  }
  for (const module of modules) visit(module, [], undefined)
  return { totals, skips }
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
