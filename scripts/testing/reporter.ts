import { appendFileSync } from 'node:fs'
import type { Reporter, TestCase, TestModule, TestSuite, Vitest } from 'vitest/node'
import { type ResultNode, readResults } from './read-results.ts'
import { addTotals, noTests, printTotals, type RunTotals } from './totals.ts'

export interface SummaryOptions {
  /** Where totals go when another process adds up several runs and prints the last line itself. */
  readonly totalsFile: string | undefined
}

/** Says why tests were skipped and which failed, and ends with the totals, alone on the last line. */
export function createSummaryReporter({ totalsFile }: SummaryOptions): Reporter {
  let vitest: Vitest | undefined
  return {
    onInit(started) {
      vitest = started
    },
    onTestRunEnd(modules, unhandledErrors) {
      const results = readResults(modules.map(toNode), vitest?.config.testNamePattern ?? undefined)
      const { skips, failures } = results
      const totals: RunTotals = {
        ...addTotals(results.totals, { ...noTests, failed: unhandledErrors.length }),
        failures: [...failures, ...unhandledErrors.map(() => 'an error outside of any test')],
      }
      for (const [reason, names] of skips) {
        process.stdout.write(`\nskipped, ${reason}\n`)
        for (const name of names) process.stdout.write(`  ${name}\n`)
      }
      if (totalsFile) appendFileSync(totalsFile, `${JSON.stringify(totals)}\n`)
      // After the other reporters, which print their summaries in the same round.
      else setImmediate(() => printTotals(totals))
    },
  }
}

function toNode(task: TestModule | TestSuite | TestCase): ResultNode {
  const { missingPart } = task.meta()
  if (task.type === 'test') {
    const result = task.result()
    return {
      type: 'test',
      name: task.name,
      children: [],
      errorCount: 0,
      state: result.state,
      missingPart,
      note: result.state === 'skipped' ? (result.note ?? todo(task)) : undefined,
    }
  }
  return {
    type: task.type,
    name: task.type === 'module' ? task.relativeModuleId : task.name,
    children: [...task.children].map(toNode),
    errorCount: task.errors().length,
    state: 'passed',
    missingPart,
    note: undefined,
  }
}

function todo({ options }: TestCase): string | undefined {
  return options.mode === 'todo' ? 'not written yet' : undefined
}
