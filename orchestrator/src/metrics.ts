import {
  type CallEvent,
  type EndReason,
  lineLanguage,
  type ReconciledWhat,
} from '@trunkline/contracts'
import type { RedactionCounts } from '@trunkline/privacy'
import { Counter, Gauge, Histogram, latencyBuckets, type Registry } from '@trunkline/telemetry'

import type { Claim } from './claims/claim.ts'
import type { DispatchCause } from './dispatch/watched-call.ts'
import type { Intent } from './intents/intent.ts'
import type { SpeculationOutcome } from './turns/speculations.ts'
import type { Settled } from './webhooks/delivery-queue.ts'

/** What became of an event at the door, and then on its way to the record. */
export type ExternalOutcome =
  | 'accepted'
  | 'duplicate'
  | 'unknown-call'
  | 'full'
  | 'recorded'
  | 'gap'
  | 'late'
  | 'after-end'

export type RequestStatus = 'success' | 'error' | 'cancelled'

/** Error types of the model, as `error_type`; anything else is `other`. */
const errorTypes: ReadonlySet<string> = new Set([
  'unauthorized',
  'not-found',
  'bad-request',
  'tools-off',
  'rate-limited',
  'unavailable',
  'timeout',
  'cut-off',
  'bad-response',
  'empty-reply',
  'too-many-steps',
])

export type Metrics = ReturnType<typeof createMetrics>

/** What an orchestrator feeds of the names in design section 10. Durations are given in milliseconds. */
export function createMetrics(registry: Registry, { models }: { models: readonly string[] }) {
  const registers = [registry]
  const histogram = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Histogram({ name, help, labelNames, buckets: latencyBuckets, registers })
  const counter = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Counter({ name, help, labelNames, registers })

  const asr = histogram('voice_gateway_asr_latency_seconds', 'end of speech to final', ['language'])
  const ttft = histogram('voice_gateway_llm_ttft_seconds', 'time to first token', ['model'])
  const total = histogram('voice_gateway_llm_total_seconds', 'time of a whole reply', ['model'])
  const tts = histogram('voice_gateway_tts_latency_seconds', 'time to first byte', ['language'])
  const e2e = histogram('voice_gateway_e2e_latency_seconds', 'end of speech to first sample', [])
  const setup = histogram('call_setup_seconds', 'job’s hello to the greeting’s first sample', [])
  const bargeIn = histogram('barge_in_stop_seconds', 'onset of the caller to silence', [])
  const requests = counter('voice_gateway_requests_total', 'turns by outcome', ['status'])
  const llmErrors = counter('voice_gateway_llm_errors_total', 'failures of the model', [
    'error_type',
  ])
  const streams = new Gauge({
    name: 'voice_gateway_active_streams',
    help: 'open call channels',
    registers,
  })
  const active = new Gauge({ name: 'calls_active', help: 'calls not yet ended', registers })
  const events = counter('call_events_total', 'events of calls', ['event_type'])
  const calls = counter('calls_total', 'ended calls', ['end_reason'])
  const effects = counter('effects_total', 'tools with an effect', ['tool', 'outcome'])
  const claims = counter('claims_replaced_total', 'sentences not said, for it was not done', [
    'kind',
  ])
  const illegal = counter('call_illegal_transitions_total', 'refused transitions', ['machine'])
  const dispatches = counter('agent_dispatches_total', 'agents sent after a job', ['why'])
  const dropped = counter('call_events_dropped_total', 'events lost while Redis was away', [])

  const ownerWebhooks = counter('owner_webhooks_total', 'attempts to tell a line’s owner', [
    'outcome',
  ])
  const ownerWebhookTime = histogram('owner_webhook_seconds', 'one attempt, any outcome', [])
  const refusals = counter('calls_refused_total', 'calls ended before they began', ['reason'])
  const reconciled = counter('calls_reconciled_total', 'calls put right by the reconciler', [
    'what',
  ])
  const external = counter('external_events_total', 'events from outside', ['outcome'])
  const intents = counter('caller_intents_total', 'final transcripts by what they want', [
    ...(['intent', 'language'] as const),
  ])
  const speculations = counter('speculations_total', 'replies begun before the turn was certain', [
    'outcome',
  ])
  const wasted = counter('speculation_wasted_tokens_total', 'tokens of replies begun in vain', [])
  const redactions = counter('pii_redactions_total', 'personal values taken out', ['category'])
  const webhooks = counter('livekit_webhooks_total', 'signed webhooks of livekit', ['outcome'])

  const written = counter('records_written_total', 'entries newly in the database', [])
  const lost = counter('records_dropped_total', 'entries no buffer took, or superseded', [])
  const buried = counter('records_buried_total', 'entries the database refuses for ever', [])
  const waiting = new Gauge({
    name: 'records_waiting',
    help: 'entries on their way to the database',
    registers,
  })
  const costs = counter('cost_eur_total', 'cost of calls', ['kind', 'engine'])

  const toModel = (model: string) => (models.includes(model) ? model : 'other')
  const toLanguage = (language: string) => {
    const known = lineLanguage.safeParse(language.split('-')[0])
    return known.success ? known.data : 'other'
  }

  return {
    asrLatency: (ms: number, language: string) =>
      asr.observe({ language: toLanguage(language) }, ms / 1000),
    llmTtft: (ms: number, model: string) => ttft.observe({ model: toModel(model) }, ms / 1000),
    llmTotal: (ms: number, model: string) => total.observe({ model: toModel(model) }, ms / 1000),
    ttsLatency: (ms: number, language: string) =>
      tts.observe({ language: toLanguage(language) }, ms / 1000),
    e2eLatency: (ms: number) => e2e.observe(ms / 1000),
    callSetup: (ms: number) => setup.observe(ms / 1000),
    bargeInStop: (ms: number) => bargeIn.observe(ms / 1000),
    request: (status: RequestStatus) => requests.inc({ status }),
    llmError: (code: string) =>
      llmErrors.inc({ error_type: errorTypes.has(code) ? code : 'other' }),
    streamOpened: () => streams.inc(),
    streamClosed: () => streams.dec(),
    callOpened: () => active.inc(),
    callClosed: () => active.dec(),
    callEnded: (reason: EndReason) => calls.inc({ end_reason: reason }),
    event: (type: CallEvent['type']) => events.inc({ event_type: type }),
    effect: (labels: { tool: string; outcome: string }) => effects.inc(labels),
    claimReplaced: (claim: Claim) => claims.inc({ kind: claim }),
    illegalTransition: (machine: 'call' | 'turn') => illegal.inc({ machine }),
    eventDropped: () => dropped.inc(),
    recordWritten: () => written.inc(),
    recordDropped: () => lost.inc(),
    recordBuried: () => buried.inc(),
    recordsWaiting: (entries: number) => waiting.set(entries),
    /** Engines other than our models and `default` are `other`. */
    cost: (
      eur: number,
      { kind, engine }: { kind: 'llm' | 'asr' | 'tts' | 'telephony'; engine: string },
    ) => costs.inc({ kind, engine: engine === 'default' ? engine : toModel(engine) }, eur),
    agentDispatched: (why: DispatchCause | 'last-words') => dispatches.inc({ why }),
    webhookSettled: (outcome: Settled, ms: number) => {
      ownerWebhooks.inc({ outcome })
      ownerWebhookTime.observe(ms / 1000)
    },
    callRefused: (reason: EndReason) => refusals.inc({ reason }),
    reconciled: (what: ReconciledWhat) => reconciled.inc({ what }),
    externalEvents: (outcome: ExternalOutcome, count: number) => external.inc({ outcome }, count),
    callerIntent: (intent: Intent, language: string) =>
      intents.inc({ intent, language: toLanguage(language) }),
    speculation: (outcome: SpeculationOutcome) => speculations.inc({ outcome }),
    speculationWasted: (tokens: number) => wasted.inc(tokens),
    redacted(counts: RedactionCounts) {
      for (const [category, count] of Object.entries(counts)) redactions.inc({ category }, count)
    },
    webhook: (outcome: 'handled' | 'duplicate' | 'refused', count: number) =>
      webhooks.inc({ outcome }, count),
  }
}
