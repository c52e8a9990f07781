import type { OwnerWebhook } from '@trunkline/contracts'
import { describe, expect, it } from 'vitest'
import type { Redact } from '../records/text-policy.ts'
import { redactMessage } from './redact-message.ts'

const base = { timestamp: '2026-11-20T18:00:00.000Z' }
const call = { callId: 'c1', line: 'l1' }
const transcript: OwnerWebhook = {
  ...{ ...base, type: 'transcript.ready' },
  data: { ...call, entries: [{ role: 'caller', text: 'card 4242', language: 'en' }] },
}
const effect: OwnerWebhook = {
  ...{ ...base, type: 'effect.committed' },
  data: {
    ...{ ...call, effectId: 'e1', tool: 'create_reservation' },
    ...{
      arguments: { guest_name: 'Emma', note2: 'card 4242' },
      result: { rooms: ['card 4242', 3] },
    },
  },
}
const redact: Redact = (text, { language = '', before = '' } = {}) =>
  before.includes('room') ? '[room]' : text.replace('4242', `[card ${language}]`)

describe('redactMessage', () => {
  it('lets a line that keeps everything send everything', () => {
    expect(redactMessage(transcript, { policy: 'full', redact })).toBe(transcript)
  })

  it('replaces personal data in words and in what tools were told', () => {
    expect(redactMessage(transcript, { policy: 'redacted', redact })?.data).toMatchObject({
      entries: [{ role: 'caller', text: 'card [card en]' }],
    })
    expect(redactMessage(effect, { policy: 'redacted', redact })?.data).toEqual({
      ...{ ...call, effectId: 'e1', tool: 'create_reservation' },
      arguments: { guest_name: '[name]', note2: 'card [card ]' },
      result: { rooms: ['card [card ]', 3] },
    })
  })

  it('takes an answer for what was asked just before', () => {
    const entries = [
      { role: 'agent' as const, text: 'which room?' },
      { role: 'caller' as const, text: '4242' },
    ]
    const asked: OwnerWebhook = { ...transcript, data: { ...call, entries } }
    expect(redactMessage(asked, { policy: 'redacted', redact })?.data).toMatchObject({
      entries: [{ text: 'which room?' }, { text: '[room]' }],
    })
  })

  it('sends no words at all for a line that keeps none, but that something was done', () => {
    expect(redactMessage(transcript, { policy: 'none', redact })).toBeUndefined()
    expect(redactMessage(effect, { policy: 'none', redact })?.data).toMatchObject({
      ...{ effectId: 'e1', arguments: {}, result: {} },
    })
  })
})
