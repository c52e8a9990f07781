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
  const deletions = deleteDueRecordings({ orchestrator, sink, logger })
  return {
    async close() {
      await Promise.all([uploads.close(), deletions.close()])
      await sink.close()
    },
  }
}
