import { SIPHeaderOptions } from '@livekit/protocol'
import { describe, expect, it } from 'vitest'
import { headerAttributes } from './attributes.ts'

const headers = [
  { name: 'X-Booking', value: '4711' },
  { name: 'Subject', value: 'hello' },
  { name: 'Proxy-Authorization', value: 'Digest response="…"' },
]

describe('headerAttributes', () => {
  it.each([
    ['none', SIPHeaderOptions.SIP_NO_HEADERS, {}],
    ['those with X-', SIPHeaderOptions.SIP_X_HEADERS, { 'sip.h.x-booking': '4711' }],
    [
      'all, but no proof of a password',
      SIPHeaderOptions.SIP_ALL_HEADERS,
      { 'sip.h.x-booking': '4711', 'sip.h.subject': 'hello' },
    ],
  ])('shows %s', (_name, includeHeaders, expected) => {
    expect(headerAttributes(headers, { includeHeaders, headersToAttributes: {} })).toEqual(expected)
  })

  it('shows a header under a name of its own, in whatever case it came', () => {
    const wanted = {
      includeHeaders: SIPHeaderOptions.SIP_NO_HEADERS,
      headersToAttributes: { 'x-BOOKING': 'booking' },
    }
    expect(headerAttributes(headers, wanted)).toEqual({ booking: '4711' })
  })
})
