import type { CallEvent, CallEventOf, CallRecord } from '@trunkline/contracts'

/** What a call has used of an engine. */
export type UsageItem = Pick<CallEventOf<'usage'>, 'kind' | 'engine' | 'unit' | 'amount'>

/** Engine of what is used through a proxy that chooses the engine itself and has not told which. */
export const unnamedEngine = 'default'

/**
 * What one event tells of use. The time on the line and in the recogniser is known at the end only, and needs the
 * call's record; cached prompts and fillers are not counted, only replies are synthesised anew (decision 0005).
 */
export function toUsage(
  event: CallEvent,
  call?: Pick<CallRecord, 'activeAt' | 'direction'>,
): readonly UsageItem[] {
  switch (event.type) {
    case 'usage': {
      const { kind, engine, unit, amount } = event
      return [{ kind, engine, unit, amount }]
    }
    case 'turn-finished': {
      const { usage, model = unnamedEngine } = event
      if (!usage) return []
      const llm = { kind: 'llm', engine: model } as const
      return [
        { ...llm, unit: 'prompt-token', amount: usage.promptTokens },
        { ...llm, unit: 'completion-token', amount: usage.completionTokens },
      ]
    }
    case 'say':
      if (event.kind !== 'reply') return []
      return [
        { kind: 'tts', engine: unnamedEngine, unit: 'character', amount: [...event.text].length },
      ]
    case 'call-ended': {
      if (call?.activeAt === undefined) return []
      const amount = Math.max(0, (event.at - call.activeAt) / 1000)
      const seconds = { engine: unnamedEngine, unit: 'second', amount } as const
      const asr = { kind: 'asr', ...seconds } as const
      return call.direction === 'web' ? [asr] : [asr, { kind: 'telephony', ...seconds }]
    }
    default:
      return []
  }
}
