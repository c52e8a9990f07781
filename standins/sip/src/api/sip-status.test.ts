import { describe, expect, it } from 'vitest'
import { toSipStatusError } from './sip-status.ts'

/** Every status that livekit-sip was asked about, with what it answered (be5d3f5). */
const recorded = `
  400 invalid_argument 402 permission_denied 403 permission_denied 404 not_found 405 invalid_argument
  406 invalid_argument 408 deadline_exceeded 410 not_found 413 invalid_argument 414 invalid_argument
  415 invalid_argument 416 out_of_range 420 invalid_argument 421 invalid_argument 422 invalid_argument
  423 invalid_argument 480 resource_exhausted 481 not_found 482 failed_precondition
  483 failed_precondition 484 invalid_argument 485 invalid_argument 486 resource_exhausted 487 aborted
  488 invalid_argument 489 invalid_argument 491 aborted 493 invalid_argument 499 invalid_argument
  500 failed_precondition 501 failed_precondition 502 failed_precondition 503 failed_precondition
  504 deadline_exceeded 505 invalid_argument 513 invalid_argument 580 failed_precondition
  600 resource_exhausted 603 permission_denied 604 not_found 606 invalid_argument
  607 permission_denied 608 permission_denied 699 invalid_argument 302 not_found`

describe('toSipStatusError', () => {
  it.each(
    [...recorded.matchAll(/(\d{3}) (\w+)/g)].map(([, status, code]) => [Number(status), code]),
  )('gives %i the code %s', (status, code) => {
    expect(toSipStatusError(Number(status), 'why').code).toBe(code)
  })

  it.each([
    [404, 'Nobody Here', 'Nobody Here'],
    [404, '', 'SIP_STATUS_NOTFOUND'],
    [603, '', 'SIP_STATUS_GLOBAL_DECLINE'],
    [499, '', '499'],
  ])('tells %i with the reason %j as %j', (status, reason, expected) => {
    expect(toSipStatusError(status, reason).meta).toEqual({
      sip_status_code: String(status),
      sip_status: expected,
    })
  })
})
