/**
 * Aborts `controller` with the first of `sources` that does; what it returns lets go of them. In place of
 * AbortSignal.any, which Node 22 keeps for ever once it has aborted with a listener of gRPC's on it.
 */
export function passAbort(
  sources: readonly AbortSignal[],
  controller: AbortController,
): () => void {
  const releases = sources.map((source) => {
    const abort = () => controller.abort(source.reason)
    if (source.aborted) abort()
    else source.addEventListener('abort', abort, { once: true })
    return () => source.removeEventListener('abort', abort)
  })
  return () => {
    for (const release of releases) release()
  }
}
