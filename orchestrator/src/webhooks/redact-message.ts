import type { OwnerWebhook, OwnerWebhookOf, TranscriptPolicy } from '@trunkline/contracts'
import { applyTextPolicy, type Redact } from '../records/text-policy.ts'

export interface MessagePolicy {
  /** The line's: words leave as they are, redacted, or not at all. */
  readonly policy: TranscriptPolicy
  readonly redact: Redact
}

/**
 * Applies the line's privacy policy to what people have said and what tools were told; ids and times stay. Undefined for
 * a message of which nothing is left. The rules are those of the records.
 */
export function redactMessage(
  message: OwnerWebhook,
  { policy, redact }: MessagePolicy,
): OwnerWebhook | undefined {
  if (policy === 'full') return message
  switch (message.type) {
    case 'transcript.ready': {
      if (policy === 'none') return undefined
      const said = message.data.entries
      const entries = said.map((entry, index) => {
        const { text, language } = entry
        const before = said[index - 1]?.text
        const context = {
          ...(language === undefined ? {} : { language }),
          ...(before === undefined ? {} : { before }),
        }
        return { ...entry, text: redact(text, context) }
      })
      return { ...message, data: { ...message.data, entries } }
    }
    case 'effect.committed':
      return { ...message, data: redactEffect(message.data, { policy, redact }) }
    default:
      return message
  }
}

type Effect = OwnerWebhookOf<'effect.committed'>['data']

function redactEffect(data: Effect, policy: MessagePolicy): Effect {
  const { effectId: turnId, tool: name } = data
  const called = applyTextPolicy(
    { type: 'tool-called', at: 0, turnId, name, arguments: data.arguments },
    policy,
  )
  const finished = applyTextPolicy(
    { type: 'tool-called', at: 0, turnId, name, arguments: data.result },
    policy,
  )
  return {
    ...data,
    arguments: called.type === 'tool-called' ? called.arguments : {},
    result: finished.type === 'tool-called' ? finished.arguments : {},
  }
}
