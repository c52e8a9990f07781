import type { CallRecord, EndReason } from '@trunkline/contracts'

/** What the end of an unanswered leg looks like from the room. */
const leftByCallee: ReadonlySet<EndReason> = new Set([
  ...(['caller-abandoned', 'caller-hangup', 'room-lost', 'network-lost'] as const),
  ...(['agent-lost', 'agent-error', 'no-agent'] as const),
])

/**
 * True when a call that was dialled out ends without an answer. A callee who did not answer leaves no reason in the
 * room: livekit-sip has told it to who dialled.
 */
export function isUnanswered(
  { activeAt, direction }: Pick<CallRecord, 'activeAt' | 'direction'>,
  reason: EndReason,
): boolean {
  const isOurs = direction !== 'inbound' && direction !== 'web'
  return activeAt === undefined && isOurs && leftByCallee.has(reason)
}
