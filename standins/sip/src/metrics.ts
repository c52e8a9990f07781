import { Counter, createRegistry, Gauge, type Registry } from '@trunkline/telemetry'
import type { EndedBy } from './calls/bridge.ts'

export type InviteOutcome =
  | 'challenged'
  | 'wrong-password'
  | 'unavailable'
  | 'no-route'
  | 'answered'
  | 'cancelled'
  | 'refused'
  | 'failed'

/** The gateway's own figures, one registry per service. */
export interface Metrics {
  readonly registry: Registry
  invite(outcome: InviteOutcome): void
  callStarted(direction: 'inbound' | 'outbound'): void
  callEnded(direction: 'inbound' | 'outbound', by: EndedBy): void
  dialled(outcome: 'answered' | 'not-answered'): void
  transferred(outcome: 'done' | 'failed'): void
  /** RTP packets of a payload type that was not agreed on, and datagrams that were no RTP of the call. */
  packetsIgnored(kind: 'payload-type' | 'stray', count: number): void
  /** A SIP datagram that was received and ignored. */
  sipIgnored(): void
}

export function createMetrics(): Metrics {
  const registry = createRegistry()
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name: `standin_sip_${name}`, help, labelNames, registers: [registry] })
  const invites = counter('invites_total', 'calls that came in, by what became of them', [
    'outcome',
  ])
  const ended = counter('calls_ended_total', 'answered calls that ended, by who ended them', [
    'direction',
    'by',
  ])
  const dialled = counter('dialled_total', 'calls that were dialled out', ['outcome'])
  const transferred = counter('transfers_total', 'calls that were to be handed over', ['outcome'])
  const packets = counter('rtp_ignored_total', 'media packets that were not for the call', ['kind'])
  const sip = counter('sip_ignored_total', 'SIP datagrams that could not be used', [])
  const active = new Gauge({
    name: 'standin_sip_calls_active',
    help: 'answered calls',
    labelNames: ['direction'],
    registers: [registry],
  })
  return {
    registry,
    invite: (outcome) => invites.inc({ outcome }),
    callStarted: (direction) => active.inc({ direction }),
    callEnded(direction, by) {
      active.dec({ direction })
      ended.inc({ direction, by })
    },
    dialled: (outcome) => dialled.inc({ outcome }),
    transferred: (outcome) => transferred.inc({ outcome }),
    packetsIgnored: (kind, count) => packets.inc({ kind }, count),
    sipIgnored: () => sip.inc(),
  }
}
