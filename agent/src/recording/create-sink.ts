import { createFolderSink } from './folder-sink.ts'
import { createS3Sink } from './s3-sink.ts'
import type { S3Credentials } from './sign-request.ts'
import type { RecordingSink } from './sink.ts'

/** Where recordings go, as it is configured. */
export type SinkSettings =
  | { readonly kind: 'folder'; readonly folder: string }
  | {
      readonly kind: 's3'
      readonly endpoint: string
      readonly region: string
      readonly bucket: string
      readonly prefix: string
      readonly credentials: S3Credentials
    }

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
