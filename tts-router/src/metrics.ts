import { Counter, createRegistry, Histogram, latencyBuckets } from '@trunkline/telemetry'
import type { TtsErrorCode } from './errors.ts'

export type Metrics = ReturnType<typeof createMetrics>

export function createMetrics() {
  const registry = createRegistry()
  const registers = [registry]
  const hits = new Counter({
    name: 'tts_cache_hits_total',
    help: 'Syntheses answered from the cache',
    registers,
  })
  const misses = new Counter({
    name: 'tts_cache_misses_total',
    help: 'Syntheses that went to an engine',
    registers,
  })
  const errors = new Counter({
    name: 'voice_gateway_tts_errors_total',
    help: 'Syntheses that failed, by kind',
    labelNames: ['error_type'],
    registers,
  })
  const firstByte = new Histogram({
    name: 'tts_engine_first_byte_seconds',
    help: 'Request to an engine until its first audio byte',
    labelNames: ['engine'],
    buckets: latencyBuckets,
    registers,
  })
  return {
    registry,
    cacheHit: () => hits.inc(),
    cacheMiss: () => misses.inc(),
    failed: (code: TtsErrorCode) => errors.inc({ error_type: code }),
    engineFirstByte: (ms: number, { engine }: { engine: string }) =>
      firstByte.observe({ engine }, ms / 1000),
  }
}
