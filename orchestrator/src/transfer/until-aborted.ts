export interface UntilAborted {
  /** The first of the two: what is waited for, or the abort. @throws the reason of the signal */
  race<T>(work: Promise<T>): Promise<T>
  /** To be called when nothing is waited for any more. */
  release(): void
}

/** For work that knows no signal: it goes on, and nobody waits for it. */
export function untilAborted(signal: AbortSignal): UntilAborted {
  let onAbort = () => {}
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason)
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort, { once: true })
  })
  aborted.catch(() => {}) // nobody may be waiting
  return {
    race(work) {
      work.catch(() => {}) // it may fail when nobody waits any more
      return Promise.race([work, aborted])
    },
    release: () => signal.removeEventListener('abort', onAbort),
  }
}
