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
  const timeout = AbortSignal.timeout(timeoutMs)
  try {
    const { status } = await health.check(
      { service },
      { signal: signal ? AbortSignal.any([signal, timeout]) : timeout },
    )
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
  }
}
