import { describe, expect, it } from 'vitest'
import { OrchestratorError, toCloseCode, toHttpFault } from './errors.ts'

describe('toHttpFault', () => {
  it.each([
    ['bad-request', 400],
    ['unauthorized', 401],
    ['forbidden', 403],
    ['not-found', 404],
    ['unavailable', 503],
  ] as const)('answers %s with %i and the reason', (code, status) => {
    expect(toHttpFault(new OrchestratorError(code, 'the reason'))).toEqual({
      status,
      body: { error: { code, message: 'the reason' } },
    })
  })

  it('keeps the status of a body that is too large', () => {
    const error = Object.assign(new Error('Request body is too large'), { statusCode: 413 })
    expect(toHttpFault(error)).toEqual({
      status: 413,
      body: { error: { code: 'too-large', message: 'Request body is too large' } },
    })
  })

  it('says nothing about an error it does not know', () => {
    const answer = toHttpFault(new Error('password wrong for user x'))
    expect(answer.status).toBe(500)
    expect(JSON.stringify(answer.body)).not.toContain('password')
  })
})

describe('toCloseCode', () => {
  it.each([
    ['bad-message', false, undefined],
    ['unknown-type', false, undefined],
    ['superseded', false, 4409],
    ['unavailable', true, 1012],
    ['unavailable', false, 4404],
    ['unsupported-protocol', false, 4404],
    ['unknown-line', false, 4404],
    ['not-hello', false, 4404],
  ] as const)('closes after %s (retryable %s) with %s', (code, retryable, expected) => {
    expect(toCloseCode(code, { retryable })).toBe(expected)
  })
})
