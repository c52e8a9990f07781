import { Counter, createRegistry, Gauge } from '@trunkline/telemetry'

export type Metrics = ReturnType<typeof createMetrics>

/** Error types are gRPC status names, a closed set. */
export function createMetrics() {
  const registry = createRegistry()
  const activeStreams = new Gauge({
    name: 'asr_active_streams',
    help: 'Recognition streams open now',
    registers: [registry],
  })
  const errors = new Counter({
    name: 'voice_gateway_asr_errors_total',
    help: 'Recognition calls that ended with an error, by gRPC status',
    labelNames: ['error_type'],
    registers: [registry],
  })
  return {
    registry,
    streamOpened: () => activeStreams.inc(),
    streamClosed: () => activeStreams.dec(),
    failed: (status: string) => errors.inc({ error_type: status }),
  }
}
