/** True for livekit-server's answer that there is no such thing. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'not_found'
}

/** @throws every error but that one */
export function ignoreMissing(error: unknown): void {
  if (!isMissing(error)) throw error
}
