import type { DueRecordings } from '@trunkline/contracts'
import { and, asc, eq, gt, inArray, isNotNull } from 'drizzle-orm'
import type { DatabaseClient } from '../database/database.ts'
import { recordings } from '../database/records-schema.ts'

const pageSize = 100

/** Recordings of our agents that are to be deleted: agents have the storage, and take them from here. */
export function createDueRecordings({ client }: { client: DatabaseClient }) {
  const isDue = and(isNotNull(recordings.deleteAskedAt), eq(recordings.source, 'agent'))
  return {
    /** A page: one that no agent can delete today keeps none behind it waiting. */
    async list({ cursor }: { cursor?: string | undefined } = {}): Promise<DueRecordings> {
      const rows = await client
        .select({
          ...{ id: recordings.id, reference: recordings.reference, at: recordings.at },
          status: recordings.status,
        })
        .from(recordings)
        .where(and(isDue, cursor === undefined ? undefined : gt(recordings.id, cursor)))
        .orderBy(asc(recordings.id))
        .limit(pageSize)
      const last = rows.length === pageSize ? rows.at(-1) : undefined
      return {
        recordings: rows.map(({ status, ...row }) =>
          status === 'removed' ? { ...row, isRemoved: true } : row,
        ),
        ...(last && { nextCursor: last.id }),
      }
    },
    /** Forgets those that are due and were deleted. */
    async gone(ids: readonly string[]): Promise<void> {
      await client.delete(recordings).where(and(isDue, inArray(recordings.id, [...ids])))
    },
  }
}

export type RecordingsDue = ReturnType<typeof createDueRecordings>
