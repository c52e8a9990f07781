import { z } from 'zod'

const separator = ','

/**
 * One bearer token, or two separated by a comma: while a token is changed both are taken, so that no call is cut.
 * A sender uses the first.
 */
export function bearerTokens({ minLength }: { minLength: number }) {
  return z
    .string()
    .transform((text) => text.split(separator).map((token) => token.trim()))
    .pipe(
      z
        .array(
          z
            .string()
            .min(minLength, `use ${minLength} characters or more`)
            .regex(/^[\x21-\x7e]*$/, 'use visible ASCII characters only'),
        )
        .min(1)
        .max(2, 'give one value, or two while it is changed'),
    )
}

/** The token that a client sends: the first of those in use. */
export function firstToken(tokens: readonly string[]): string {
  const [first] = tokens
  if (first === undefined) throw new RangeError('no token')
  return first
}
