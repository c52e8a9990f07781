import { missingPart, type Part, parts } from './missing-part.ts'

/** What the reporter reads from a skipped test or suite: why it could not run here. */
export interface MissingPart {
  readonly part: Part
  readonly reason: string
}

declare module 'vitest' {
  interface TaskMeta {
    missingPart?: MissingPart
  }
}

export interface NeedsOptions {
  /** Parts whose absence is a failure; by default those in `TRUNKLINE_REQUIRE`, separated by commas. */
  readonly required?: readonly string[]
  readonly findMissing?: (part: Part) => string | undefined
}

/**
 * Options for `describe` or `it`: skips with the reason when a part is missing on this machine.
 *
 *     describe('a call over SIP', needs(['sip', 'livekit-server']), () => { … })
 *
 * @throws at collection, which fails the file, when a missing part is one that must be there
 */
export function needs(
  wanted: readonly Part[],
  { required = requiredParts(), findMissing = missingPart }: NeedsOptions = {},
): { skip?: boolean; meta?: { missingPart: MissingPart } } {
  for (const part of wanted) {
    const reason = findMissing(part)
    if (reason === undefined) continue
    if (required.includes(part)) {
      throw new Error(`${part} must be there (TRUNKLINE_REQUIRE) and is missing: ${reason}`)
    }
    return { skip: true, meta: { missingPart: { part, reason } } }
  }
  return {}
}

/** @throws when a name in `TRUNKLINE_REQUIRE` is no part: a misspelt one would require nothing */
export function requiredParts(
  // biome-ignore lint/style/noProcessEnv: .ci/run tells the tests which parts must be there
  value: string = process.env['TRUNKLINE_REQUIRE'] ?? '',
): readonly string[] {
  const names = value.split(',').filter((name) => name !== '')
  const unknown = names.filter((name) => !parts.some((part) => part === name))
  if (unknown.length === 0) return names
  throw new Error(`TRUNKLINE_REQUIRE names no part: ${unknown.join(', ')} (${parts.join(', ')})`)
}
