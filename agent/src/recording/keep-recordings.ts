import type { Logger } from '@trunkline/telemetry'
import { createSink, type SinkSettings } from './create-sink.ts'
import { deleteDueRecordings } from './delete-due.ts'
import { uploadRecordings } from './upload-recordings.ts'

export interface RecordingKeeper {
  /** Asks now for what is due; resolves when that has been tried. */
  lookForDue(): Promise<void>
  close(): Promise<void>
}

/** The worker's share: uploads what its jobs have recorded, and deletes what is due. */
export function keepRecordings(
  { spoolDir, sink: settings }: { readonly spoolDir: string; readonly sink: SinkSettings },
  deps: { orchestrator: { url: string; token: string }; logger: Logger },
): RecordingKeeper {
  const { orchestrator, logger } = deps
  const sink = createSink(settings)
  const uploads = uploadRecordings({ folder: spoolDir, sink, logger })
  const deletions = deleteDueRecordings({
    ...{ orchestrator, logger },
    sink: {
      async remove(reference, options) {
        // What still lies in the spool must not be uploaded afterwards.
        const wasHere = await uploads.forget(sink.nameOf(reference))
        const wasKept = await sink.remove(reference, options)
        return wasHere || wasKept
      },
    },
  })
  return {
    lookForDue: deletions.look,
    async close() {
      await Promise.all([uploads.close(), deletions.close()])
      await sink.close()
    },
  }
}
