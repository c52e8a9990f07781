import { expect } from 'vitest'
import type { z } from 'zod'

/** Parses an answer that must hold what its schema has and no more, at any depth. */
export function exactly<S extends z.ZodType>(schema: S, answer: unknown): z.output<S> {
  const parsed = schema.parse(answer)
  // Parsing leaves out what the schema does not know.
  expect(answer).toEqual(parsed)
  return parsed
}
