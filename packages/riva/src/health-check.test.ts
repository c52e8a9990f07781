import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { HealthCheckResponse_ServingStatus } from './gen/grpc/health/v1/health.ts'
import { checkHealth } from './health-check.ts'

/** A server that answers when it is told to, and stops waiting when the caller does. */
function waitingServer() {
  let answer: (status: HealthCheckResponse_ServingStatus) => void = () => {}
  return {
    answer: (status: HealthCheckResponse_ServingStatus) => answer(status),
    check: (_request: unknown, { signal }: { signal?: AbortSignal } = {}) =>
      new Promise<{ status: HealthCheckResponse_ServingStatus }>((resolve, reject) => {
        answer = (status) => resolve({ status })
        const stop = () => reject(signal?.reason)
        if (signal?.aborted) stop()
        signal?.addEventListener('abort', stop)
      }),
  }
}

describe('checkHealth', () => {
  it('lets go of a signal that outlives it', async () => {
    const server = waitingServer()
    const service = new AbortController()
    const checked = checkHealth(server, { signal: service.signal })
    expect(getEventListeners(service.signal, 'abort')).toHaveLength(1)
    server.answer(HealthCheckResponse_ServingStatus.SERVING)
    expect(await checked).toBe('serving')
    expect(getEventListeners(service.signal, 'abort')).toHaveLength(0)
  })

  it('throws the reason of its signal, whether it aborts before or while it asks', async () => {
    const service = new AbortController()
    const checked = checkHealth(waitingServer(), { signal: service.signal })
    service.abort(new Error('closing'))
    await expect(checked).rejects.toThrow('closing')
    const again = checkHealth(waitingServer(), { signal: service.signal })
    await expect(again).rejects.toThrow('closing')
  })

  it('takes a server for unreachable that does not answer in time', async () => {
    expect(await checkHealth(waitingServer(), { timeoutMs: 1 })).toBe('unreachable')
  })
})
