/** Slack for servers that round what a final covers. */
const toleranceMs = 100

/** Measures from a flush to the final it brought about, and takes no later final for it. */
export class FlushClock {
  #flush: { positionMs: number; atMs: number } | undefined

  /** `positionMs`: the audio before the flush. */
  start(positionMs: number, nowMs: number): void {
    this.#flush = { positionMs, atMs: nowMs }
  }

  /**
   * Ms since the flush that the final answers; undefined when it answers none.
   *
   * @param coveredMs - position up to which the final covers the audio; undefined when not known.
   */
  stop(coveredMs: number | undefined, nowMs: number): number | undefined {
    const flush = this.#flush
    this.#flush = undefined
    if (!flush) return undefined
    // A flush in silence gets no final; the next utterance's final is not its answer.
    if (coveredMs !== undefined && coveredMs > flush.positionMs + toleranceMs) return undefined
    return nowMs - flush.atMs
  }
}
