import { SipCallError, TwirpError } from 'livekit-server-sdk'
import { describe, expect, it } from 'vitest'
import { readDialFailure, toDialFailure } from './dial-result.ts'

describe('readDialFailure', () => {
  it.each([
    [404, 'number-unreachable'],
    [484, 'number-unreachable'],
    [604, 'number-unreachable'],
    [408, 'callee-no-answer'],
    [480, 'callee-no-answer'],
    [487, 'callee-no-answer'],
    [486, 'callee-busy'],
    [600, 'callee-busy'],
    [603, 'callee-declined'],
    [608, 'callee-declined'],
    [403, 'trunk-rejected'],
    [488, 'trunk-rejected'],
    [503, 'trunk-rejected'],
  ])('reads SIP status %i as %s', (status, reason) => {
    expect(toDialFailure(status)).toBe(reason)
    const metadata = { sip_status_code: String(status), sip_status: 'whatever' }
    const error = new SipCallError('SIP', 'no', 400, 'failed_precondition', metadata)
    expect(readDialFailure(error)).toBe(reason)
  })

  it('reads a call that rang out, and everything else as the trunk’s refusal', () => {
    const late = new TwirpError('twirp', 'late', 408, 'deadline_exceeded')
    expect(readDialFailure(late)).toBe('callee-no-answer')
    expect(readDialFailure(new DOMException('late', 'TimeoutError'))).toBe('callee-no-answer')
    expect(readDialFailure(new TwirpError('twirp', 'no', 404, 'not_found'))).toBe('trunk-rejected')
    expect(readDialFailure(new Error('fetch failed'))).toBe('trunk-rejected')
  })
})
