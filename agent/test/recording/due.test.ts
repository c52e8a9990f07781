import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createLogger } from '@trunkline/telemetry'
import { describe, expect, it, onTestFinished } from 'vitest'
import { deleteDueRecordings } from '../../src/recording/delete-due.ts'
import { createFolderSink } from '../../src/recording/folder-sink.ts'
import { keepRecordings } from '../../src/recording/keep-recordings.ts'
import { serve } from './scripted-server.ts'
import { makeFolder, upload } from './spool-folder.ts'

const logger = createLogger('test', { level: 'silent' })

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

  it('tells of nothing that another machine may have yet', async () => {
    const now = 10 * 86_400_000
    const recordings = [
      { id: 'nowhere', reference: 'folder:nowhere-1.wav', at: 0 },
      { id: 'new', reference: 's3:new-1.wav', at: now - 86_400_000 },
      { id: 'old', reference: 's3:old-1.wav', at: now - 86_400_001 },
      { id: 'of-unknown-age', reference: 's3:unknown-1.wav' },
      { id: 'removed', reference: 'folder:removed-1.wav', at: now, isRemoved: true },
    ]
    const { asked, url } = await serve([{ status: 200, body: { recordings } }, 204])
    const orchestrator = { url, token: 'agent-token' }
    // A folder says what was in it, a bucket does not.
    const remove = async (reference: string) => (reference.startsWith('s3:') ? undefined : false)
    const sink = { remove }
    const deletions = deleteDueRecordings({ orchestrator, sink, logger, now: () => now })
    onTestFinished(() => deletions.close())
    await deletions.look()
    expect(asked.at(-1)?.body).toBe(JSON.stringify({ ids: ['old', 'removed'] }))
  })

  it('goes through all pages, whatever is left of those before', async () => {
    const page = (id: string, nextCursor?: string) => {
      const body = { recordings: [{ id, reference: `folder:${id}-1.wav` }], nextCursor }
      return { status: 200, body }
    }
    const { asked, url } = await serve([page('one', 'one/&'), page('two'), 204])
    const { kept } = await makeFolder()
    await mkdir(kept)
    await writeFile(join(kept, 'two-1.wav'), 'audio')
    const orchestrator = { url, token: 'agent-token' }
    const deletions = deleteDueRecordings({ orchestrator, sink: createFolderSink(kept), logger })
    onTestFinished(() => deletions.close())
    await deletions.look()
    expect(asked.map(({ url: path, body }) => [path, body])).toEqual([
      ['/v1/recordings/due', ''],
      ['/v1/recordings/due?cursor=one%2F%26', ''],
      ['/v1/recordings/gone', JSON.stringify({ ids: ['two'] })],
    ])
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

  it('leaves to another machine what only that one has, in its folder or on the way there', async () => {
    const { spool, kept } = await makeFolder()
    const recordings = [{ id: 'one', reference: 'folder:a-1.wav', at: 0 }]
    const { asked, url } = await serve([{ status: 200, body: { recordings } }])
    const keeper = keepRecordings(
      { spoolDir: spool, sink: { kind: 'folder', folder: kept } },
      { orchestrator: { url, token: 'agent-token' }, logger },
    )
    onTestFinished(() => keeper.close())
    await keeper.lookForDue()
    expect(asked).toHaveLength(1)
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
