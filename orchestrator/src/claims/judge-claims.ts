import type { Claim } from './claim.ts'
import { createClaimReader } from './read-claims.ts'

export type ClaimVerdict =
  | { readonly kind: 'spoken' }
  /** The sentence claims this, and it has not been done. */
  | { readonly kind: 'replaced'; readonly claim: Claim }

export type JudgeClaims = (
  sentence: string,
  about: {
    /** BCP 47 */
    readonly language: string
    /** What results of tools allow to be said. */
    readonly proven: ReadonlySet<Claim>
  },
) => ClaimVerdict

/**
 * Tells whether a sentence may be spoken by what has been done (design section 6).
 * @param languages made ready now, and not by the first sentence of a call
 */
export function createClaimJudge(languages: readonly string[] = []): JudgeClaims {
  const read = createClaimReader()
  // The engine makes a pattern twice: to be tried, and at its second use to be fast.
  for (const language of [...languages, ...languages]) read('One, two.', language)
  return (sentence, { language, proven }) => {
    const claim = read(sentence, language).find((one) => !proven.has(one))
    return claim === undefined ? { kind: 'spoken' } : { kind: 'replaced', claim }
  }
}
