import { createFolderSink } from './folder-sink.ts'
import { createS3Sink, type S3SinkOptions } from './s3-sink.ts'
import type { RecordingSink } from './sink.ts'

/** Where recordings go, as it is configured. */
export type SinkSettings =
  | { readonly kind: 'folder'; readonly folder: string }
  | ({ readonly kind: 's3' } & S3SinkOptions)

export function createSink(settings: SinkSettings): RecordingSink {
  switch (settings.kind) {
    case 'folder':
      return createFolderSink(settings.folder)
    case 's3':
      return createS3Sink(settings)
    default:
      return settings satisfies never
  }
}
