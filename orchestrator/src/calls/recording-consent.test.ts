import type { CallEvent } from '@trunkline/contracts'
import { describe, expect, it } from 'vitest'
import { readRecordingConsent } from './recording-consent.ts'

const asked = { textVersion: 'v1' } as const
const inside = (kind: string, decision: 'given' | 'refused' | 'withdrawn'): CallEvent => ({
  ...{ at: 1, type: 'consent', kind, decision, ...asked },
})
const outside = (data: Record<string, unknown>): CallEvent => ({
  ...{ at: 1, type: 'external-event', eventId: 'e', source: 's', kind: 'consent', data },
})

describe('readRecordingConsent', () => {
  it.each<[CallEvent, 'given' | 'refused' | undefined]>([
    [inside('recording', 'given'), 'given'],
    [inside('recording', 'refused'), 'refused'],
    [inside('recording', 'withdrawn'), 'refused'],
    [inside('marketing', 'given'), undefined],
    [outside({ kind: 'recording', decision: 'given', ...asked }), 'given'],
    [outside({ kind: 'recording', decision: 'withdrawn', ...asked }), 'refused'],
    [outside({ kind: 'recording', decision: 'maybe', ...asked }), undefined],
    [{ at: 1, type: 'call-active' }, undefined],
  ])('of %o is %s', (event, expected) => {
    expect(readRecordingConsent(event)).toBe(expected)
  })
})
