import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@trunkline/telemetry'
import { onTestFinished } from 'vitest'
import type { RecordingSink } from '../../src/recording/sink.ts'
import { uploadRecordings } from '../../src/recording/upload-recordings.ts'

/** Where a machine's jobs write, and where its recordings are kept; the second is made by who keeps the first. */
export async function makeFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'uploads-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await mkdir(join(folder, 'spool'))
  return { spool: join(folder, 'spool'), kept: join(folder, 'kept') }
}

export function upload(folder: string, sink: Pick<RecordingSink, 'put'>, now = Date.now) {
  const logger = createLogger('test', { level: 'silent' })
  const uploads = uploadRecordings({ folder, sink, logger, now, random: () => 1 })
  onTestFinished(() => uploads.close())
  return uploads
}
