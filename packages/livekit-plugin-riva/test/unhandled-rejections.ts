/**
 * Runs `work` while rejections nobody handles are let pass. LiveKit's ChunkedStream (1.9.0) makes one
 * of every failed synthesis, beside the `error` event that reports it.
 */
export async function withoutUnhandledRejections<T>(work: () => Promise<T>): Promise<T> {
  const listeners = process.listeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection')
  process.on('unhandledRejection', () => {})
  try {
    const result = await work()
    // Node reports them after the microtasks of the turn in which they came about.
    await new Promise((resolve) => setImmediate(resolve))
    return result
  } finally {
    process.removeAllListeners('unhandledRejection')
    for (const listener of listeners) process.on('unhandledRejection', listener)
  }
}
