import { type CallContext, ServerError, Status } from 'nice-grpc'
import {
  type HealthServiceImplementation,
  HealthCheckResponse_ServingStatus as ServingStatus,
} from './gen/grpc/health/v1/health.ts'

export interface HealthService {
  /** Add with `server.add(HealthDefinition, health.implementation)`. */
  readonly implementation: HealthServiceImplementation
  /** Tells every watcher. The empty name is the server as a whole. */
  set(service: string, state: 'serving' | 'not-serving'): void
}

/** The server's side of gRPC's standard health service. It knows the empty name from the start, as not serving. */
export function createHealthService(): HealthService {
  const states = new Map<string, ServingStatus>([['', ServingStatus.NOT_SERVING]])
  const changes = new EventTarget()
  return {
    set(service, state) {
      states.set(service, state === 'serving' ? ServingStatus.SERVING : ServingStatus.NOT_SERVING)
      changes.dispatchEvent(new Event('change'))
    },
    implementation: {
      async check({ service }) {
        const status = states.get(service)
        if (status === undefined) throw new ServerError(Status.NOT_FOUND, 'unknown service')
        return { status }
      },
      async *watch({ service }, { signal }: CallContext) {
        let told: ServingStatus | undefined
        while (!signal.aborted) {
          const status = states.get(service) ?? ServingStatus.SERVICE_UNKNOWN
          if (status === told) {
            await nextChange(changes, signal)
            continue
          }
          told = status
          yield { status }
        }
      },
    },
  }
}

function nextChange(changes: EventTarget, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const listening = new AbortController()
    const wake = () => {
      listening.abort()
      resolve()
    }
    changes.addEventListener('change', wake, { signal: listening.signal })
    signal.addEventListener('abort', wake, { signal: listening.signal })
  })
}
