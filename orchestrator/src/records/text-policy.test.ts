import type { CallAction } from '@trunkline/contracts'
import { createRedactor } from '@trunkline/privacy'
import { describe, expect, it } from 'vitest'
import { applyTextPolicy, type Redact } from './text-policy.ts'

const card = '4242 4242 4242 4242'
const redactor = createRedactor({})
const redact: Redact = (text, context) => redactor.redact(text, context).text

function keep(action: CallAction, policy: 'full' | 'redacted' | 'none') {
  const { kind } = action
  const event = { at: 1, type: 'action', actionId: 'a1', by: 'system', kind, action } as const
  return applyTextPolicy(event, { policy, redact })
}

describe('an action that holds words', () => {
  const brief: CallAction = {
    ...{ kind: 'brief', language: 'en', voice: 'female' },
    text: `A call for you. The caller said: my card is ${card}`,
  }

  it.each<CallAction>([brief, { kind: 'whisper', text: `the card is ${card}` }])(
    'is kept without a card number, or without its words: $kind',
    (action) => {
      expect(JSON.stringify(keep(action, 'redacted'))).not.toContain('4242')
      expect(keep(action, 'redacted')).toMatchObject({
        action: { text: expect.stringMatching(/card is \S/) },
      })
      expect(keep(action, 'none')).toMatchObject({ action: { kind: action.kind, text: '*' } })
      expect(keep(action, 'full')).toMatchObject({ action })
    },
  )

  it('is read in the language that it is said in', () => {
    const languages: (string | undefined)[] = []
    const note: Redact = (text, { language } = {}) => {
      languages.push(language)
      return text
    }
    const action = { ...brief, language: 'de' }
    const event = { at: 1, type: 'action', actionId: 'a1', by: 'system' } as const
    applyTextPolicy({ ...event, kind: 'brief', action }, { policy: 'redacted', redact: note })
    expect(languages).toEqual(['de'])
  })

  it('is kept as it is when it holds none', () => {
    const action = { kind: 'hangup', reason: 'agent-goodbye' } as const
    expect(keep(action, 'none')).toMatchObject({ action })
  })
})
