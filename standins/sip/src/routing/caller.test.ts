import { describe, expect, it } from 'vitest'
import { nameCaller } from './caller.ts'
import { normaliseNumber } from './number.ts'
import { sipUserHost } from './sip-user.ts'

describe('nameCaller', () => {
  it('shows the number, or a hash of it and its last four digits', () => {
    const number = '+4915112345678'
    expect(nameCaller(number, { isHidden: false })).toEqual({
      identity: 'sip_+4915112345678',
      name: 'Phone +4915112345678',
    })
    // Recorded from livekit-sip.
    expect(nameCaller(number, { isHidden: true })).toEqual({
      identity: 'sip_536afd523e19dc83',
      name: 'Phone 5678',
    })
  })

  it('hides a caller without a number too', () => {
    expect(nameCaller('', { isHidden: true }).name).toBe('Phone ')
  })
})

describe('normaliseNumber', () => {
  it.each([
    ['+49 (30) 12-34', '+49301234'],
    ['49301234', '+49301234'],
    ['reception', 'reception'],
    ['', ''],
  ])('%j is %j', (text, expected) => {
    expect(normaliseNumber(text)).toBe(expected)
  })
})

describe('sipUserHost', () => {
  it.each([
    ['sip:+49301@example.com:5080;transport=udp', '+49301', 'example.com'],
    ['sip:alice:secret@example.com', 'alice', 'example.com'],
    ['sips:a%20b@192.0.2.1?x=y', 'a%20b', '192.0.2.1'],
    ['sip:example.com', '', 'example.com'],
    ['tel:+49301;phone-context=x', '+49301', ''],
  ])('%s', (uri, user, host) => {
    expect(sipUserHost(uri)).toEqual({ user, host })
  })
})
