import { createHash, createHmac } from 'node:crypto'

export interface S3Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

export interface SignedRequest {
  readonly method: 'PUT' | 'DELETE'
  readonly url: URL
  /** SHA-256 of the body, as hex. */
  readonly bodyHash: string
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * The headers that make a request to S3 ours: AWS Signature Version 4 over the header, for the service `s3`
 * (docs.aws.amazon.com, "Authenticating Requests: Using the Authorization Header").
 */
export function signRequest(
  { method, url, bodyHash, headers = {} }: SignedRequest,
  { credentials, region, at }: { credentials: S3Credentials; region: string; at: Date },
): Record<string, string> {
  const stamp = at.toISOString().replace(/[:-]|\.\d{3}/g, '')
  const day = stamp.slice(0, 8)
  const all: Record<string, string> = {
    ...headers,
    host: url.host,
    'x-amz-content-sha256': bodyHash,
    'x-amz-date': stamp,
  }
  const names = Object.keys(all).sort()
  const signedHeaders = names.join(';')
  const canonical = [
    ...[method, url.pathname, ''],
    ...names.map((name) => `${name}:${all[name]?.trim() ?? ''}`),
    ...['', signedHeaders, bodyHash],
  ].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const wanted = ['AWS4-HMAC-SHA256', stamp, scope, sha256(canonical)].join('\n')
  const { accessKeyId, secretAccessKey } = credentials
  const key = [day, region, 's3', 'aws4_request'].reduce<Buffer>(
    (before, part) => hmac(before, part),
    Buffer.from(`AWS4${secretAccessKey}`),
  )
  const signature = hmac(key, wanted).toString('hex')
  const { host: _host, ...sent } = all // the client sets it
  return {
    ...sent,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`,
  }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest()
