import { dialledIn, type JobMetadata, jobMetadata, type Line } from '@trunkline/contracts'
import type { LineStore } from '../lines/line-store.ts'

/** The line a job is for: named in its metadata, else by the number that was dialled. */
export function resolveLine(
  { metadata, room }: { metadata: string; room: string },
  lines: Pick<LineStore, 'byId' | 'byNumber'>,
): Line | undefined {
  const { line } = readJobMetadata(metadata)
  if (line !== undefined) return lines.byId(line)
  const dialled = dialledIn(room)
  return dialled === undefined ? undefined : lines.byNumber(dialled)
}

/** What a dispatch told the job; nothing when the metadata is empty or somebody else's. */
export function readJobMetadata(metadata: string): JobMetadata {
  if (metadata === '') return {}
  try {
    return jobMetadata.parse(JSON.parse(metadata))
  } catch {
    return {} // foreign metadata says nothing about the line; the dialled number still may
  }
}
