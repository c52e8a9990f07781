import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@trunkline/telemetry'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { deleteDueRecordings } from '../../src/recording/delete-due.ts'
import { createFolderSink } from '../../src/recording/folder-sink.ts'
import { keepRecordings } from '../../src/recording/keep-recordings.ts'
import { createS3Sink } from '../../src/recording/s3-sink.ts'
import type { RecordingSink } from '../../src/recording/sink.ts'
import { uploadDelayMs, uploadRecordings } from '../../src/recording/upload-recordings.ts'

const logger = createLogger('test', { level: 'silent' })
const signal = new AbortController().signal

async function makeFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'uploads-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await mkdir(join(folder, 'spool'))
  return { spool: join(folder, 'spool'), kept: join(folder, 'kept') }
}

function upload(folder: string, sink: Pick<RecordingSink, 'put'>, now = Date.now) {
  const uploads = uploadRecordings({ folder, sink, logger, now, random: () => 1 })
  onTestFinished(() => uploads.close())
  return uploads
}

describe('uploadRecordings', () => {
  it('uploads what is finished and what a dead job has left, and leaves what still grows', async () => {
    const { spool, kept } = await makeFolder()
    await writeFile(join(spool, 'done-1.wav'), 'done')
    await writeFile(join(spool, 'growing-1.wav.part'), 'growing')
    await writeFile(join(spool, 'dead-1.wav.part'), 'dead')
    const longAgo = Date.now() / 1000 - 90
    await utimes(join(spool, 'dead-1.wav.part'), longAgo, longAgo)
    await upload(spool, createFolderSink(kept)).look()
    expect(await readdir(spool)).toEqual(['growing-1.wav.part'])
    expect((await readdir(kept)).toSorted()).toEqual(['dead-1.wav', 'done-1.wav'])
    expect(await readFile(join(kept, 'dead-1.wav'), 'utf8')).toBe('dead')
  })

  it('keeps what could not be uploaded, and tries it again later and later', async () => {
    const { spool } = await makeFolder()
    await writeFile(join(spool, 'a-1.wav'), 'audio')
    let attempts = 0
    let now = 1_000_000
    const uploads = upload(
      spool,
      {
        async put() {
          attempts += 1
          if (attempts < 3) throw new Error('away')
        },
      },
      () => now,
    )
    await uploads.look()
    await uploads.look()
    expect([attempts, await readdir(spool)]).toEqual([1, ['a-1.wav']])
    now += 5000
    await uploads.look()
    now += 9999
    await uploads.look()
    expect(attempts).toBe(2)
    now += 1
    await uploads.look()
    expect([attempts, await readdir(spool)]).toEqual([3, []])
  })

  it('waits from seconds to ten minutes, never all at once', () => {
    expect([1, 2, 5, 20].map((attempts) => uploadDelayMs(attempts, () => 1))).toEqual([
      5000, 10_000, 80_000, 600_000,
    ])
    expect(uploadDelayMs(1, () => 0)).toBe(2500)
  })
})

interface Asked {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

let servers: ReturnType<typeof createServer>[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** Answers each request with the next of `answers`, a status or a status with a body. */
async function serve(answers: readonly (number | { status: number; body: unknown })[]) {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const { method, url, headers } = request
      asked.push({ method, url, headers, body: Buffer.concat(pieces).toString() })
      const answer = answers[asked.length - 1] ?? 500
      const { status, body } = typeof answer === 'number' ? { status: answer, body: '' } : answer
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(body === '' ? undefined : JSON.stringify(body))
    })
  })
  servers = [...servers, server]
  return { asked, url: await listen(server) }
}

async function listen(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return `http://127.0.0.1:${port}`
}

describe('createS3Sink', () => {
  const create = (endpoint: string, more: { idleMs?: number } = {}) => {
    const credentials = { accessKeyId: 'id', secretAccessKey: 'secret' }
    const sink = createS3Sink({
      ...{ endpoint, region: 'eu-central-1', bucket: 'calls', prefix: 'a/', credentials },
      ...more,
    })
    onTestFinished(() => sink.close())
    return sink
  }

  it('puts a file with its length and its hash, signed, and deletes it by its reference', async () => {
    const { spool } = await makeFolder()
    await writeFile(join(spool, 'c-1.wav'), 'hello')
    const { asked, url } = await serve([200, 204])
    const sink = create(url)
    await sink.put('c-1.wav', join(spool, 'c-1.wav'), { signal })
    expect(sink.reference('c-1.wav')).toBe('s3://calls/a/c-1.wav')
    await sink.remove('s3://calls/a/c-1.wav', { signal })
    expect(asked).toMatchObject([
      {
        ...{ method: 'PUT', url: '/calls/a/c-1.wav?x-id=PutObject', body: 'hello' },
        headers: {
          'content-length': '5',
          'x-amz-checksum-sha256': 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=',
          authorization: expect.stringContaining('/eu-central-1/s3/aws4_request'),
        },
      },
      { method: 'DELETE', url: '/calls/a/c-1.wav?x-id=DeleteObject' },
    ])
  })

  it('takes what is not there for removed, and nothing else for it', async () => {
    const { url } = await serve([404, 403])
    const sink = create(url)
    await sink.remove('s3://calls/a/c-1.wav', { signal })
    await expect(sink.remove('s3://calls/a/c-1.wav', { signal })).rejects.toMatchObject({
      code: 'refused',
    })
  })

  it.each(['s3://calls/c-1.wav', 's3://others/a/c-1.wav', 's3://calls/a/', 'folder:c-1.wav'])(
    'touches nothing for %s',
    async (reference) => {
      const { asked, url } = await serve([])
      await expect(create(url).remove(reference, { signal })).rejects.toMatchObject({
        code: 'foreign-reference',
      })
      expect(asked).toEqual([])
    },
  )

  it('says that a server is away', async () => {
    const { url } = await serve([])
    for (const server of servers.splice(0)) server.close()
    await expect(create(url).remove('s3://calls/a/c-1.wav', { signal })).rejects.toMatchObject({
      code: 'unreachable',
    })
  })

  it('gives up a server that takes everything and never answers', async () => {
    const { spool } = await makeFolder()
    await writeFile(join(spool, 'c-1.wav'), 'hello')
    const server = createServer(() => {})
    onTestFinished(() => server.closeAllConnections())
    servers = [...servers, server]
    const sink = create(await listen(server), { idleMs: 100 })
    await expect(sink.put('c-1.wav', join(spool, 'c-1.wav'), { signal })).rejects.toMatchObject({
      code: 'unreachable',
    })
    await expect(sink.remove('s3://calls/a/c-1.wav', { signal })).rejects.toMatchObject({
      code: 'unreachable',
    })
  })
})

describe('createFolderSink', () => {
  it.each(['folder:../x', 'folder:/etc/x', 'folder:', 's3://calls/x'])(
    'does not leave its folder for %s',
    async (reference) => {
      const { kept } = await makeFolder()
      await expect(createFolderSink(kept).remove(reference, { signal })).rejects.toMatchObject({
        code: 'foreign-reference',
      })
    },
  )
})

describe('deleteDueRecordings', () => {
  it('deletes what is due, and tells of that alone', async () => {
    const recordings = [
      { id: 'one', reference: 'folder:one-1.wav' },
      { id: 'two', reference: 's3://elsewhere/two-1.wav' },
    ]
    const { asked, url } = await serve([{ status: 200, body: { recordings } }, 204])
    const { kept } = await makeFolder()
    await mkdir(kept)
    await writeFile(join(kept, 'one-1.wav'), 'audio')
    const orchestrator = { url, token: 'agent-token' }
    const deletions = deleteDueRecordings({ orchestrator, sink: createFolderSink(kept), logger })
    onTestFinished(() => deletions.close())
    await deletions.look()
    expect(await readdir(kept)).toEqual([])
    expect(asked.map(({ method, url: path, body }) => [method, path, body])).toEqual([
      ['GET', '/v1/recordings/due', ''],
      ['POST', '/v1/recordings/gone', JSON.stringify({ ids: ['one'] })],
    ])
    expect(asked[0]?.headers.authorization).toBe('Bearer agent-token')
  })

  it('tells of nothing where an orchestrator has no records', async () => {
    const { asked, url } = await serve([404])
    const orchestrator = { url, token: 'agent-token' }
    const remove = async () => {
      throw new Error('nothing is due')
    }
    const deletions = deleteDueRecordings({ orchestrator, sink: { remove }, logger })
    onTestFinished(() => deletions.close())
    await deletions.look()
    expect(asked).toHaveLength(1)
  })
})

describe('keepRecordings', () => {
  it('takes what is due out of the spool too: what waits for a retry, and what a dead job has left', async () => {
    const { spool, kept } = await makeFolder()
    await writeFile(join(spool, 'a-1.wav'), 'waits')
    await writeFile(join(spool, 'b-1.wav.part'), 'was left')
    await mkdir(join(kept, 'a-1.wav.copy'), { recursive: true }) // in the way of every upload
    const recordings = [
      { id: 'one', reference: 'folder:a-1.wav' },
      { id: 'two', reference: 'folder:b-1.wav' },
    ]
    const { asked, url } = await serve([{ status: 200, body: { recordings } }, 204])
    const keeper = keepRecordings(
      { spoolDir: spool, sink: { kind: 'folder', folder: kept } },
      { orchestrator: { url, token: 'agent-token' }, logger },
    )
    onTestFinished(() => keeper.close())
    await keeper.lookForDue()
    expect(await readdir(spool)).toEqual([])
    expect(asked.at(-1)?.body).toBe(JSON.stringify({ ids: ['one', 'two'] }))
  })

  it('waits for the upload of what became due meanwhile, so that it can be deleted there', async () => {
    const { spool } = await makeFolder()
    await writeFile(join(spool, 'a-1.wav'), 'audio')
    const events: string[] = []
    let finish = () => {}
    const uploads = upload(spool, {
      async put() {
        events.push('put')
        await new Promise<void>((resolve) => {
          finish = resolve
        })
        events.push('was put')
      },
    })
    await expect.poll(() => events).toEqual(['put'])
    const forgotten = uploads.forget('a-1.wav').then(() => events.push('forgotten'))
    await expect.poll(() => readdir(spool)).toEqual([])
    finish()
    await forgotten
    expect(events).toEqual(['put', 'was put', 'forgotten'])
  })
})
