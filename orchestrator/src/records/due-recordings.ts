import type { DueRecordings } from '@trunkline/contracts'
import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm'
import type { DatabaseClient } from '../database/database.ts'
import { recordings } from '../database/records-schema.ts'

const pageSize = 100

/** Recordings of our agents that are to be deleted: agents have the storage, and take them from here. */
export function createDueRecordings({ client }: { client: DatabaseClient }) {
  const isDue = and(isNotNull(recordings.deleteAskedAt), eq(recordings.source, 'agent'))
  return {
    async list(): Promise<DueRecordings> {
      const rows = await client
        .select({ id: recordings.id, reference: recordings.reference })
        .from(recordings)
        .where(isDue)
        .orderBy(asc(recordings.deleteAskedAt))
        .limit(pageSize)
      return { recordings: rows }
    },
    /** Forgets those that are due and were deleted. */
    async gone(ids: readonly string[]): Promise<void> {
      await client.delete(recordings).where(and(isDue, inArray(recordings.id, [...ids])))
    },
  }
}

export type RecordingsDue = ReturnType<typeof createDueRecordings>
