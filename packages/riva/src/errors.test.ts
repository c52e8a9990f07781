import { ClientError, Status } from 'nice-grpc-common'
import { describe, expect, it } from 'vitest'
import { RivaError, toRivaError } from './errors.ts'

const path = '/nvidia.riva.asr.RivaSpeechRecognition/StreamingRecognize'

describe('toRivaError', () => {
  it.each([
    [
      Status.INVALID_ARGUMENT,
      'Error: Unavailable model requested given these parameters: …',
      'model-unavailable',
      false,
    ],
    [
      Status.INVALID_ARGUMENT,
      'request … must specify the START flag on the first request',
      'stream-expired',
      true,
    ],
    [
      Status.INVALID_ARGUMENT,
      'sample_rate_hertz must be between 8000 and 96000',
      'invalid-request',
      false,
    ],
    [Status.FAILED_PRECONDITION, 'no config', 'invalid-request', false],
    [Status.UNAVAILABLE, 'Socket closed', 'unavailable', true],
    [Status.UNAVAILABLE, 'Exceeds maximum queue size', 'overloaded', true],
    [Status.RESOURCE_EXHAUSTED, '', 'overloaded', true],
    [Status.UNKNOWN, 'TRTIS response timeout', 'stalled', true],
    [Status.UNKNOWN, 'something', 'internal', true],
    [Status.INTERNAL, 'Received RST_STREAM with code 2', 'internal', true],
    [Status.DEADLINE_EXCEEDED, '', 'timeout', true],
    [Status.CANCELLED, '', 'interrupted', true],
    [Status.NOT_FOUND, 'function id', 'not-found', false],
    [Status.UNAUTHENTICATED, '', 'unauthenticated', false],
    [Status.PERMISSION_DENIED, '', 'unauthenticated', false],
    [Status.UNIMPLEMENTED, '', 'unsupported', false],
  ])('takes status %i "%s" for %s', (status, details, code, retryable) => {
    const cause = new ClientError(path, status, details)
    expect(toRivaError(cause)).toMatchObject({ code, retryable, status, cause })
  })

  it('reads an error of a plain grpc-js client', () => {
    const error = Object.assign(new Error('14 UNAVAILABLE'), { code: 14, details: 'Socket closed' })
    expect(toRivaError(error)).toMatchObject({ code: 'unavailable', retryable: true })
  })

  it.each([
    [AbortSignal.abort().reason, 'aborted', false],
    [new DOMException('late', 'TimeoutError'), 'timeout', true],
    [new TypeError('a fault of ours'), 'internal', false],
    ['not even an error', 'internal', false],
  ])('takes %s for %s', (error, code, retryable) => {
    expect(toRivaError(error)).toMatchObject({ code, retryable, status: undefined })
  })

  it('leaves a RivaError as it is, and keeps what was said out of its message', () => {
    const error = new RivaError({ code: 'stalled', retryable: true })
    expect(toRivaError(error)).toBe(error)
    expect(toRivaError(new ClientError(path, Status.INVALID_ARGUMENT, 'Jane Doe')).message).toBe(
      'riva: invalid-request',
    )
  })
})
