export interface Interruption {
  /** Aborts at the first SIGINT, SIGTERM or SIGHUP. */
  readonly signal: AbortSignal
  dispose(): void
}

/** The reason of an interruption's signal: somebody asked for the end, so it is no failure. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

/** `onAgain` is called when somebody asks a second time, who no longer wants to wait. */
export function createInterruption({ onAgain }: { onAgain: () => void }): Interruption {
  const controller = new AbortController()
  const listener = () => {
    if (controller.signal.aborted) onAgain()
    else controller.abort(new Interrupted('interrupted'))
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of signals) process.on(name, listener)
  return {
    signal: controller.signal,
    dispose() {
      for (const name of signals) process.off(name, listener)
    },
  }
}
