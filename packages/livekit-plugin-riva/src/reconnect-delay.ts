const firstDelayMs = 100
const maxDelayMs = 1_000
/** A server that refuses the request as such will do so again; it is asked less often. */
const refusedDelayMs = 5_000

export interface ReconnectAttempt {
  /** Connections in a row from which nothing was heard, 0 for the one that had worked. */
  readonly failures: number
  /** Whether the same request can succeed. */
  readonly retryable: boolean
  /** 0 to 1. */
  readonly random: number
}

/** Ms to wait before a call is connected to its recogniser again: at once, then doubling with jitter to a second. */
export function toReconnectDelayMs({ failures, retryable, random }: ReconnectAttempt): number {
  if (!retryable) return refusedDelayMs
  if (failures === 0) return 0
  const ceilingMs = Math.min(maxDelayMs, firstDelayMs * 2 ** (failures - 1))
  return ceilingMs / 2 + (random * ceilingMs) / 2
}
