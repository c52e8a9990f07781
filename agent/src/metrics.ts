import { createRegistry, Gauge, type Registry } from '@trunkline/telemetry'

export interface Metrics {
  readonly registry: Registry
}

/** The worker's gauges; what calls measure goes to the orchestrator, since nobody scrapes their processes. */
export function createMetrics({
  slots,
  activeJobs,
}: {
  slots: number
  activeJobs: () => number
}): Metrics {
  const registry = createRegistry()
  new Gauge({
    name: 'agent_active_jobs',
    help: 'Calls that this worker has now',
    registers: [registry],
    collect() {
      this.set(activeJobs())
    },
  })
  new Gauge({
    name: 'agent_job_slots',
    help: 'Calls that this worker takes at once',
    registers: [registry],
  }).set(slots)
  return { registry }
}
