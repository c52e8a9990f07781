import { collectDefaultMetrics, Registry } from 'prom-client'

export { Counter, Gauge, Histogram, type Registry } from 'prom-client'

/** One registry per process, with the default process collectors. */
export function createRegistry({ defaults = true }: { defaults?: boolean } = {}): Registry {
  const registry = new Registry()
  if (defaults) collectDefaultMetrics({ register: registry })
  return registry
}

/**
 * Buckets in seconds drawn from the latency budget (design section 8). What is promised of a latency is the end of one,
 * since a histogram can say nothing of what lies inside of a bucket.
 */
export const latencyBuckets = [
  0.005, 0.01, 0.025, 0.05, 0.08, 0.12, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.5, 2, 3, 5, 10,
]
