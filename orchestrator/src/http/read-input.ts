import type { z } from 'zod'
import { OrchestratorError } from '../errors.ts'

/** Parses a query, a body or a header (`name`); the fault names the fields and repeats no value. */
export function readInput<S extends z.ZodType>(
  schema: S,
  input: unknown,
  name = 'body',
): z.output<S> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(
    (issue) => `${issue.path.join('.') || name}: ${toMessage(issue)}`,
  )
  throw new OrchestratorError('bad-request', faults.join('; '))
}

/** zod names unknown keys in its message, and keys are the sender's text. */
function toMessage(issue: z.core.$ZodIssue): string {
  return issue.code === 'unrecognized_keys' ? 'has a field that is not known' : issue.message
}
