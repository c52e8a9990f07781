import { Counter, createRegistry, Gauge, type Registry } from '@trunkline/telemetry'
import type { Refusal } from './worker/admission.ts'
import type { JobFault } from './worker/job-watch.ts'

export interface Metrics {
  readonly registry: Registry
  jobAnswered(answer: 'accepted' | Refusal): void
  jobFailed(fault: JobFault): void
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
  const offered = new Counter({
    name: 'agent_jobs_offered_total',
    help: 'Jobs that livekit-server has offered, by what it was answered',
    labelNames: ['answer'],
    registers: [registry],
  })
  for (const answer of ['accepted', 'full', 'late', 'draining']) offered.inc({ answer }, 0)
  const faults = {
    stalled: new Counter({
      name: 'agent_jobs_stalled_total',
      help: 'Jobs that were killed because their event loop stood still',
      registers: [registry],
    }),
    orphaned: new Counter({
      name: 'agent_jobs_orphaned_total',
      help: 'Jobs that were accepted and had no track in their room in time',
      registers: [registry],
    }),
  }
  return {
    registry,
    jobAnswered: (answer) => offered.inc({ answer }),
    jobFailed: (fault) => faults[fault].inc(),
  }
}
