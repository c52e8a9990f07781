/**
 * How one language asks. `word*` stands for every word that begins so and `*word` for one that ends so, `^word` for a
 * word that begins the sentence and `~word` for one that does not. Accents do not count, but that of Spanish "qué".
 */
export interface QuestionWords {
  /** At the end of a question: the caller need only say yes or no, whatever was read out before. */
  readonly tags: readonly string[]
  /** Questions whose answer may be anything, though a yes or no would do. */
  readonly open: readonly string[]
  /** A question that these begin or hold wants more than yes or no. */
  readonly asking: readonly string[]
  /** A sentence that these begin or hold wants something told, with or without a question mark. */
  readonly requests: readonly string[]
  /** Questions after what somebody has or knows: who has it tells it, to anything else yes or no is the answer. */
  readonly having: readonly string[]
  /** A question with one of these between two things leaves a choice. */
  readonly or: readonly string[]
  /** Counted things and the like, which are said in one breath. */
  readonly counts: readonly string[]
  readonly spelling: readonly string[]
  readonly digits: readonly string[]
  readonly dates: readonly string[]
}
