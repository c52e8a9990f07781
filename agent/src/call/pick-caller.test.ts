import { ParticipantKind } from '@livekit/rtc-node'
import { describe, expect, it } from 'vitest'
import { pickCaller } from './pick-caller.ts'

const sip = { kind: ParticipantKind.SIP, identity: 'sip_1' }
const browser = { kind: ParticipantKind.STANDARD, identity: 'ada' }

describe('pickCaller', () => {
  it('takes the first of two browsers', () => {
    expect(pickCaller([browser, { ...browser, identity: 'bob' }])).toBe(browser)
  })

  it('takes whoever telephones, whatever order they are told in', () => {
    expect(pickCaller([browser, sip])).toBe(sip)
  })

  it.each([
    ['an agent', { kind: ParticipantKind.AGENT, identity: 'agent-1' }],
    ['a recorder', { kind: ParticipantKind.EGRESS, identity: 'egress' }],
    ['an operator', { ...browser, identity: 'operator-0a1b' }],
    ['a colleague', { ...sip, identity: 'colleague-1' }],
  ])('never takes %s', (_who, other) => {
    expect(pickCaller([other])).toBeUndefined()
    expect(pickCaller([other, browser])).toBe(browser)
  })
})
