import type {
  CallEvent,
  CallRecord,
  OwnerWebhook,
  OwnerWebhookOf,
  WebhookEventType,
} from '@trunkline/contracts'

/** A message before it has an address; `key` tells it from others of its type in the same call. */
export interface OwnerMessage {
  readonly key: string
  readonly message: OwnerWebhook
}

const typesByEvent: Readonly<Partial<Record<CallEvent['type'], readonly WebhookEventType[]>>> = {
  'call-created': ['call.started'],
  'call-active': ['call.answered'],
  'tool-finished': ['effect.committed'],
  'call-transferring': ['transfer.started'],
  'call-bridged': ['transfer.completed'],
  'transfer-failed': ['transfer.failed'],
  'call-ended': ['effect.committed', 'call.ended', 'transcript.ready'],
}

/** What an owner may be told because of an event; empty for most events. */
export function toWebhookTypes(event: Pick<CallEvent, 'type'>): readonly WebhookEventType[] {
  return typesByEvent[event.type] ?? []
}

/**
 * The messages an event makes, in the order in which the owner is told. `effect.committed` is not among them: the
 * ledger, not the call, knows what is committed.
 */
export function toOwnerWebhooks(call: CallRecord, event: CallEvent): readonly OwnerMessage[] {
  const { type, at } = event
  const timestamp = toIso(at)
  const data = toCallData(call)
  const startedAt = toIso(call.createdAt)
  switch (type) {
    case 'call-created':
      return [
        { key: '', message: { type: 'call.started', timestamp, data: { ...data, startedAt } } },
      ]
    case 'call-active': {
      const answered = { ...data, startedAt, answeredAt: timestamp }
      return [{ key: '', message: { type: 'call.answered', timestamp, data: answered } }]
    }
    case 'call-transferring':
      return [toTransfer('transfer.started', call, event)]
    case 'call-bridged':
      return [toTransfer('transfer.completed', call, event)]
    case 'transfer-failed':
      return [toTransfer('transfer.failed', call, event)]
    case 'call-ended': {
      const { activeAt } = call
      const ended: OwnerWebhookOf<'call.ended'>['data'] = {
        ...{ ...data, startedAt, endedAt: timestamp, reason: event.reason },
        ...(activeAt === undefined ? {} : { answeredAt: toIso(activeAt) }),
        talkSeconds: activeAt === undefined ? 0 : Math.max(0, (at - activeAt) / 1000),
      }
      const entries = toTranscript(call)
      const ready = { type: 'transcript.ready', timestamp, data: { ...data, entries } } as const
      return [
        { key: '', message: { type: 'call.ended', timestamp, data: ended } },
        ...(entries.length === 0 ? [] : [{ key: '', message: ready }]),
      ]
    }
    default:
      return []
  }
}

/** What the messages of a call have in common. */
export function toCallData(call: CallRecord) {
  const { id: callId, line, direction, sipCallId } = call
  return {
    ...{ callId, line },
    ...(direction === undefined ? {} : { direction }),
    ...(sipCallId === undefined ? {} : { sipCallId }),
  }
}

export function toIso(at: number): string {
  return new Date(at).toISOString()
}

type TransferType = 'transfer.started' | 'transfer.completed' | 'transfer.failed'

/** A call may be transferred again after a failure: the time of the event tells one from another. */
function toTransfer(type: TransferType, call: CallRecord, { at }: CallEvent): OwnerMessage {
  return { key: String(at), message: { type, timestamp: toIso(at), data: toCallData(call) } }
}

/** What was said, oldest first: of the agent only what was played. */
function toTranscript(call: CallRecord): OwnerWebhookOf<'transcript.ready'>['data']['entries'] {
  const { greetingHeard } = call
  const greeting =
    greetingHeard === undefined || greetingHeard === ''
      ? []
      : [{ role: 'agent' as const, text: greetingHeard }]
  return [
    ...greeting,
    ...call.turns.flatMap(({ text, language, heard, state }) => [
      // The words of a superseded turn are part of the one that replaced it.
      ...(state === 'superseded' ? [] : [{ role: 'caller' as const, text, language }]),
      ...(heard === undefined || heard === ''
        ? []
        : [{ role: 'agent' as const, text: heard, language }]),
    ]),
  ]
}
