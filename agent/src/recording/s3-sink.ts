import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { S3Client } from '@aws-sdk/client-s3'
import { type RecordingSink, SinkError } from './sink.ts'

export interface S3Keys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

export interface S3SinkOptions {
  /** `https://s3.eu-central-1.amazonaws.com`, or that of another server with S3's interface. */
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  /** Put before each name; empty or with a `/` at its end. */
  readonly prefix: string
  /** Without them AWS's own chain finds some: EKS Pod Identity, a role of the instance, `AWS_…` variables. */
  readonly credentials: S3Keys | undefined
  /** A server that neither takes nor sends anything for so long is given up. */
  readonly idleMs?: number
}

const defaultIdleMs = 60_000
const connectMs = 10_000

/** Keeps recordings in an S3 bucket, addressed by path: every server with S3's interface takes that. */
export function createS3Sink(options: S3SinkOptions): RecordingSink {
  const { bucket, prefix } = options
  const base = `s3://${bucket}/${prefix}`
  let connected: ReturnType<typeof connect> | undefined
  const nameOf = (reference: string) => {
    const name = reference.slice(base.length)
    if (!reference.startsWith(base) || name === '' || name.includes('/')) {
      throw new SinkError('foreign-reference', 'the recording is not in this bucket')
    }
    return name
  }

  return {
    reference: (name) => `${base}${name}`,
    nameOf,
    async put(name, file, { signal }) {
      const hash = createHash('sha256')
      await pipeline(createReadStream(file), hash, { signal })
      const { size } = await stat(file)
      connected ??= connect(options)
      const { client, PutObjectCommand } = await connected
      const put = new PutObjectCommand({
        ...{ Bucket: bucket, Key: `${prefix}${name}`, ContentLength: size },
        ...{ Body: createReadStream(file), ChecksumSHA256: hash.digest('base64') },
      })
      await client.send(put, { abortSignal: signal }).catch(toSinkError(signal))
    },
    async remove(reference, { signal }) {
      const name = nameOf(reference)
      connected ??= connect(options)
      const { client, DeleteObjectCommand } = await connected
      const remove = new DeleteObjectCommand({ Bucket: bucket, Key: `${prefix}${name}` })
      await client.send(remove, { abortSignal: signal }).catch((error: unknown) => {
        if (statusOf(error) !== 404) toSinkError(signal)(error)
      })
      return undefined // S3 answers alike for what was there and what was not
    },
    async close() {
      const { client } = (await connected?.catch(() => undefined)) ?? {}
      client?.destroy()
    },
  }
}

/** AWS's client takes 30 MB and more: only who uses it loads it. */
async function connect(options: S3SinkOptions) {
  const { endpoint, region, credentials, idleMs = defaultIdleMs } = options
  const s3 = await import('@aws-sdk/client-s3')
  const client: S3Client = new s3.S3Client({
    ...{ endpoint, region, forcePathStyle: true },
    ...(credentials && { credentials }),
    // Uploads are tried again later and later by who gives them.
    maxAttempts: 1,
    // Its `requestTimeout` alone only warns.
    requestHandler: { connectionTimeout: connectMs, socketTimeout: idleMs },
    // Servers other than AWS's do not know the newer kinds.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
  const { PutObjectCommand, DeleteObjectCommand } = s3
  return { client, PutObjectCommand, DeleteObjectCommand }
}

function toSinkError(signal: AbortSignal): (cause: unknown) => never {
  return (cause) => {
    signal.throwIfAborted()
    const status = statusOf(cause)
    if (status !== undefined) throw new SinkError('refused', `the bucket answered ${status}`)
    throw new SinkError('unreachable', 'the bucket cannot be reached', { cause })
  }
}

/** Of an answer that is an error; undefined when none came. */
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('$metadata' in error)) return undefined
  const { $metadata: metadata } = error
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) {
    return undefined
  }
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined
}
