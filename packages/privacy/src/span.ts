import type { PiiCategory } from './category.ts'

/** Something to take out: tokens from `from` up to, not including, `to`. */
export interface Span {
  readonly from: number
  readonly to: number
  readonly category: PiiCategory
}

/** What the words before have announced. */
export interface Context {
  readonly category: PiiCategory
  /** Index of the token that ended the announcement; negative in the text before. */
  readonly at: number
}
