/** Runs work nobody awaits; its failure is reported, an abort is not. */
export function inBackground(
  work: Promise<unknown>,
  { onError, signal }: { onError: (error: unknown) => void; signal?: AbortSignal },
): void {
  work.catch((error: unknown) => {
    if (!signal?.aborted) onError(error)
  })
}
