import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { signRequest } from './sign-request.ts'

const options = {
  credentials: {
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  },
  region: 'eu-central-1',
  at: new Date('2026-11-21T15:30:00.000Z'),
}
const url = new URL('https://s3.eu-central-1.amazonaws.com/calls/a/b/c1e0-1.wav')

describe('signRequest', () => {
  // Signatures by botocore's S3SigV4Auth for the same requests.
  it.each([
    ['PUT', 'hello', '6284b7a022f50338aaed7a10a4475cab5fbcbf60ec37927dbcca044539c0dcfd'],
    ['DELETE', '', 'afb6331be14d3e1a40ca90b164b0cc5171816522f0771e53ed9f0a4f27041ecb'],
  ] as const)('signs %s as AWS’s own client does', (method, body, signature) => {
    const bodyHash = createHash('sha256').update(body).digest('hex')
    const headers = signRequest({ method, url, bodyHash }, options)
    expect(headers['authorization']).toContain(`Signature=${signature}`)
    expect(headers['x-amz-date']).toBe('20261121T153000Z')
    expect(Object.keys(headers)).not.toContain('host')
  })
})
