import { z } from 'zod'

export const totalsSchema = z.object({
  passed: z.number().int(),
  failed: z.number().int(),
  skipped: z.number().int(),
})
export type Totals = z.infer<typeof totalsSchema>

/** What a ring of tests tells the command that runs several. */
export const runTotalsSchema = totalsSchema.extend({ failures: z.array(z.string()) })
export type RunTotals = z.infer<typeof runTotalsSchema>

export const noTests: Totals = { passed: 0, failed: 0, skipped: 0 }

export function addTotals(one: Totals, other: Totals): Totals {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  }
}

/** The last line of every test run. */
export function toLine({ passed, failed, skipped }: Totals): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/** Names what failed, so that whoever sees only the end of a long run knows, then the totals. */
export function printTotals({ failures, ...totals }: RunTotals): void {
  for (const failure of failures) process.stdout.write(`failed: ${failure}\n`)
  process.stdout.write(`${toLine(totals)}\n`)
}
