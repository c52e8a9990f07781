import { Counter, Gauge, Histogram, latencyBuckets, type Registry } from '@trunkline/telemetry'

export interface Metrics {
  /** A final, from the decision that the utterance is over to its text. */
  finalGiven(ms: number, labels: { readonly end: 'forced' | 'silence' }): void
  /** First audio of a synthesis. */
  firstAudio(ms: number, labels: { readonly engine: string }): void
  callFailed(labels: { readonly method: string; readonly status: string }): void
  streamOpened(): void
  streamClosed(): void
  workerDied(): void
}

/** What the stand-in counts of itself; the names of design section 10 belong to the services before it. */
export function createMetrics(registry: Registry): Metrics {
  const registers = [registry]
  const final = new Histogram({
    name: 'speech_final_seconds',
    help: 'From the end of an utterance to its final transcript',
    labelNames: ['end'],
    buckets: latencyBuckets,
    registers,
  })
  const audio = new Histogram({
    name: 'speech_first_audio_seconds',
    help: 'From a synthesis request to its first audio',
    labelNames: ['engine'],
    buckets: latencyBuckets,
    registers,
  })
  const failures = new Counter({
    name: 'speech_failed_calls_total',
    help: 'Calls that ended with an error',
    labelNames: ['method', 'status'],
    registers,
  })
  const streams = new Gauge({
    name: 'speech_active_streams',
    help: 'Recognition streams that are open',
    registers,
  })
  const crashes = new Counter({
    name: 'speech_worker_crashes_total',
    help: 'Worker threads that died and were replaced',
    registers,
  })
  return {
    finalGiven: (ms, labels) => final.observe(labels, ms / 1_000),
    firstAudio: (ms, labels) => audio.observe(labels, ms / 1_000),
    callFailed: (labels) => failures.inc(labels),
    streamOpened: () => streams.inc(),
    streamClosed: () => streams.dec(),
    workerDied: () => crashes.inc(),
  }
}
