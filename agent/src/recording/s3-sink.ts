import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { Agent, type Dispatcher, request } from 'undici'
import { type S3Credentials, signRequest } from './sign-request.ts'
import { type RecordingSink, SinkError } from './sink.ts'

export interface S3SinkOptions {
  /** `https://s3.eu-central-1.amazonaws.com`, or that of another server with S3's interface. */
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  /** Put before each name; empty or with a `/` at its end. */
  readonly prefix: string
  readonly credentials: S3Credentials
  readonly now?: () => Date
}

const emptyHash = createHash('sha256').digest('hex')
/** Beyond this a server that takes nothing more is given up. */
const bodyTimeoutMs = 60_000

/** Keeps recordings in an S3 bucket, addressed by path: every server with S3's interface takes that. */
export function createS3Sink(options: S3SinkOptions): RecordingSink {
  const { endpoint, region, bucket, prefix, credentials, now = () => new Date() } = options
  const base = `s3://${bucket}/${prefix}`
  const agent = new Agent({
    connections: 4,
    bodyTimeout: bodyTimeoutMs,
    headersTimeout: bodyTimeoutMs,
  })

  const send = async (
    method: 'PUT' | 'DELETE',
    name: string,
    body: { hash: string; file?: string; bytes?: number; signal: AbortSignal },
  ) => {
    const url = new URL(`${endpoint.replace(/\/$/, '')}/${bucket}/${prefix}${name}`)
    const { hash, file, bytes = 0, signal } = body
    const signed = signRequest({ method, url, bodyHash: hash }, { credentials, region, at: now() })
    const headers = { ...signed, ...(file !== undefined && { 'content-length': `${bytes}` }) }
    let answer: Dispatcher.ResponseData
    try {
      answer = await request(url, {
        ...{ method, headers, signal, dispatcher: agent },
        ...(file !== undefined && { body: createReadStream(file) }),
      })
      await answer.body.dump()
    } catch (cause) {
      signal.throwIfAborted()
      throw new SinkError('unreachable', 'the bucket cannot be reached', { cause })
    }
    const { statusCode } = answer
    const isGone = method === 'DELETE' && statusCode === 404
    if (statusCode >= 300 && !isGone) {
      throw new SinkError('refused', `the bucket answered ${statusCode}`)
    }
  }

  return {
    reference: (name) => `${base}${name}`,
    async put(name, file, { signal }) {
      const hash = createHash('sha256')
      await pipeline(createReadStream(file), hash, { signal })
      const { size } = await stat(file)
      await send('PUT', name, { hash: hash.digest('hex'), file, bytes: size, signal })
    },
    async remove(reference, { signal }) {
      const name = reference.slice(base.length)
      if (!reference.startsWith(base) || name === '' || name.includes('/')) {
        throw new SinkError('foreign-reference', 'the recording is not in this bucket')
      }
      await send('DELETE', name, { hash: emptyHash, signal })
    },
    close: () => agent.close(),
  }
}
