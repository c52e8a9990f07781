import { readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createFolderSink } from '../../src/recording/folder-sink.ts'
import { createS3Sink } from '../../src/recording/s3-sink.ts'
import { uploadDelayMs } from '../../src/recording/upload-recordings.ts'
import { listen, serve } from './scripted-server.ts'
import { makeFolder, upload } from './spool-folder.ts'

const signal = new AbortController().signal

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

  it('knows for a day what lay here, and knows nothing of what lies on another machine', async () => {
    const { spool, kept } = await makeFolder()
    let now = Date.now()
    const uploads = upload(spool, createFolderSink(kept), () => now)
    await writeFile(join(spool, 'a-1.wav'), 'audio')
    await uploads.look()
    expect(await uploads.forget('a-1.wav')).toBe(true)
    expect(await uploads.forget('b-1.wav')).toBe(false)
    await writeFile(join(spool, 'c-1.wav.part'), 'growing')
    expect(await uploads.forget('c-1.wav')).toBe(true)
    now += 86_400_000
    await writeFile(join(spool, 'd-1.wav'), 'audio')
    await uploads.look()
    expect(await uploads.forget('a-1.wav')).toBe(false)
  })

  it('waits from seconds to ten minutes, never all at once', () => {
    expect([1, 2, 5, 20].map((attempts) => uploadDelayMs(attempts, () => 1))).toEqual([
      5000, 10_000, 80_000, 600_000,
    ])
    expect(uploadDelayMs(1, () => 0)).toBe(2500)
  })
})

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
    const { url, close } = await serve([])
    close()
    await expect(create(url).remove('s3://calls/a/c-1.wav', { signal })).rejects.toMatchObject({
      code: 'unreachable',
    })
  })

  it('gives up a server that takes everything and never answers', async () => {
    const { spool } = await makeFolder()
    await writeFile(join(spool, 'c-1.wav'), 'hello')
    const server = createServer(() => {})
    onTestFinished(() => server.closeAllConnections())
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
