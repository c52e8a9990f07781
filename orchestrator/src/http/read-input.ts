import type { z } from 'zod'
import { OrchestratorError } from '../errors.ts'

/** Parses a query or body; the fault names the fields and repeats no value. */
export function readInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new OrchestratorError('bad-request', faults.join('; '))
}
