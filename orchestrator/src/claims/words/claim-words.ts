import type { Claim } from '../claim.ts'

/** How one language claims that something was done; written as the cues of `intents/intent.ts` are. */
export interface ClaimWords {
  /** Words that can stand for each other, by a name. */
  readonly words: Readonly<Record<string, readonly string[]>>
  readonly claims: Readonly<Record<Claim, readonly string[]>>
  /** With one of these a clause claims nothing: "not", "fully booked". */
  readonly denials: readonly string[]
  /** The same for its clause and all that follow in the sentence: "if", "unfortunately". */
  readonly conditions: readonly string[]
  /** The same for the whole sentence: "as soon as". */
  readonly awaited: readonly string[]
}
