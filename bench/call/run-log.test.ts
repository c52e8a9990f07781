import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { openRunLog } from './run-log.ts'

const schema = z.object({ calls: z.number() })
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trunkline-log-'))
})
afterEach(() => rm(folder, { recursive: true }))

it('goes on where a run was stopped in the middle of a line', async () => {
  const file = join(folder, 'new', 'run.jsonl')
  const log = await openRunLog(file, { schema, isFresh: false })
  await log.add({ calls: 4 })
  await appendFile(file, '\n{"cal')
  const again = await openRunLog(file, { schema, isFresh: false })
  expect(again.entries).toEqual([{ calls: 4 }])
  await again.add({ calls: 5 })
  const last = await openRunLog(file, { schema, isFresh: false })
  expect(last.entries).toEqual([{ calls: 4 }, { calls: 5 }])
  expect((await openRunLog(file, { schema, isFresh: true })).entries).toEqual([])
})

it('is gone when its run has finished', async () => {
  const file = join(folder, 'run.jsonl')
  const log = await openRunLog(file, { schema, isFresh: false })
  await log.add({ calls: 4 })
  await log.finish()
  expect((await openRunLog(file, { schema, isFresh: false })).entries).toEqual([])
})
