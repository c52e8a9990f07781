import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Logger } from '@trunkline/telemetry'
import { createSink, type SinkSettings } from './create-sink.ts'
import { deleteDueRecordings } from './delete-due.ts'
import { uploadRecordings } from './upload-recordings.ts'

/** The worker's share: uploads what its jobs have recorded, and deletes what is due. */
export function keepRecordings(
  { spoolDir, sink: settings }: { readonly spoolDir: string; readonly sink: SinkSettings },
  deps: { orchestrator: { url: string; token: string }; logger: Logger },
): { close(): Promise<void> } {
  const { orchestrator, logger } = deps
  const sink = createSink(settings)
  const uploads = uploadRecordings({ folder: spoolDir, sink, logger })
  const deletions = deleteDueRecordings({
    ...{ orchestrator, logger },
    sink: {
      async remove(reference, options) {
        // One that could not be uploaded in all that time must not be uploaded afterwards.
        await rm(join(spoolDir, basename(reference)), { force: true })
        await sink.remove(reference, options)
      },
    },
  })
  return {
    async close() {
      await Promise.all([uploads.close(), deletions.close()])
      await sink.close()
    },
  }
}
