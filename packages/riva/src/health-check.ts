import type { CallOptions } from 'nice-grpc'
import { toRivaError } from './errors.ts'
import {
  HealthCheckResponse_ServingStatus,
  type HealthClient,
} from './gen/grpc/health/v1/health.ts'

export type HealthState = 'serving' | 'not-serving' | 'unreachable'

export interface HealthCheckOptions extends Pick<CallOptions, 'signal'> {
  /** Full name of a gRPC service; empty asks for the server as a whole. */
  readonly service?: string
  /** Default 2000. */
  readonly timeoutMs?: number
}

/**
 * Asks gRPC's standard health service. Throws only when `signal` is aborted. A server without the
 * health service answers, so it counts as serving.
 */
export async function checkHealth(
  health: Pick<HealthClient, 'check'>,
  { service = '', timeoutMs = 2_000, signal }: HealthCheckOptions = {},
): Promise<HealthState> {
  const limited = new AbortController()
  const leave = () => limited.abort(signal?.reason)
  const timer = setTimeout(() => limited.abort(), timeoutMs)
  // Not AbortSignal.any, which Node 22 keeps for ever once it has aborted with a listener of gRPC's on it.
  signal?.addEventListener('abort', leave, { once: true })
  try {
    signal?.throwIfAborted()
    const { status } = await health.check({ service }, { signal: limited.signal })
    return status === HealthCheckResponse_ServingStatus.SERVING ? 'serving' : 'not-serving'
  } catch (error) {
    signal?.throwIfAborted()
    switch (toRivaError(error).code) {
      case 'unsupported':
        return 'serving'
      case 'not-found':
        return 'not-serving'
      default:
        return 'unreachable'
    }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', leave)
  }
}
