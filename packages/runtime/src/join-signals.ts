/** A signal that aborts with the first of several. */
export interface JoinedSignal {
  readonly signal: AbortSignal
  /** Lets go of the sources: to be called when nobody waits for the signal any more. It never aborts then. */
  release(): void
}

/**
 * Joins signals, and a deadline of `timeoutMs` when one is given, whose reason is a `TimeoutError`.
 *
 * For code that runs once per request. `AbortSignal.any` and `AbortSignal.timeout` are not for it: Node 22 keeps
 * such a signal for ever when it is aborted while a listener without `once` is on it, and gRPC, fetch and streams
 * add those (found as 500 kB a call in tts-router).
 */
export function joinSignals(
  sources: readonly (AbortSignal | undefined)[],
  { timeoutMs }: { timeoutMs?: number } = {},
): JoinedSignal {
  const controller = new AbortController()
  const listeners = new Map<AbortSignal, () => void>()
  let timer: NodeJS.Timeout | undefined
  const release = () => {
    clearTimeout(timer)
    for (const [source, listener] of listeners) source.removeEventListener('abort', listener)
    listeners.clear()
  }
  const abort = (reason: unknown) => {
    release()
    controller.abort(reason)
  }
  for (const source of sources) {
    if (!source || listeners.has(source)) continue
    if (source.aborted) {
      abort(source.reason)
      return { signal: controller.signal, release }
    }
    const listener = () => abort(source.reason)
    source.addEventListener('abort', listener, { once: true })
    listeners.set(source, listener)
  }
  if (timeoutMs !== undefined) {
    const onTimeout = () => abort(new DOMException('the time is over', 'TimeoutError'))
    timer = setTimeout(onTimeout, timeoutMs)
    timer.unref()
  }
  return { signal: controller.signal, release }
}

/** Runs `work` with a joined signal and releases it when the work is done. */
export async function withSignals<T>(
  sources: readonly (AbortSignal | undefined)[],
  options: { timeoutMs?: number },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { signal, release } = joinSignals(sources, options)
  try {
    return await work(signal)
  } finally {
    release()
  }
}
