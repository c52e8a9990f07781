import { SipCallError, TwirpError } from 'livekit-server-sdk'
import { describe, expect, it } from 'vitest'
import { readTransferFault } from './outcome.ts'

const answered = (status: number) =>
  new SipCallError('SIP', 'no', 400, 'failed_precondition', { sip_status_code: String(status) })

describe('readTransferFault', () => {
  it.each([
    [486, 'busy'],
    [600, 'busy'],
    [603, 'declined'],
    [608, 'declined'],
    [408, 'no-answer'],
    [480, 'no-answer'],
    [487, 'no-answer'],
    [404, 'unreachable'],
    [484, 'unreachable'],
    [403, 'refused'],
    [405, 'refused'],
    [503, 'refused'],
  ])('reads SIP status %i as %s', (status, outcome) => {
    expect(readTransferFault(answered(status))).toBe(outcome)
  })

  it.each([
    [
      'a request that ran out of time',
      new TwirpError('x', 'late', 408, 'deadline_exceeded'),
      'unknown',
    ],
    ['a broken connection', new TypeError('fetch failed'), 'unknown'],
    ['a time-out of ours', new DOMException('late', 'TimeoutError'), 'unknown'],
    [
      'a call that is not up',
      new TwirpError('x', 'no', 412, 'failed_precondition'),
      'not-established',
    ],
    ['a caller who has gone', new TwirpError('x', 'no', 404, 'not_found'), 'refused'],
    ['a gateway that is away', new TwirpError('x', 'no', 503, 'unavailable'), 'unavailable'],
  ])('reads %s without a SIP status', (_name, error, outcome) => {
    expect(readTransferFault(error)).toBe(outcome)
  })
})
