import { z } from 'zod'

/** Answer to `GET /v1/recordings/due`: files whose time is over, or whose caller has been erased. */
export const dueRecordings = z.object({
  recordings: z.array(z.object({ id: z.string(), reference: z.string() })),
})
export type DueRecordings = z.infer<typeof dueRecordings>

/** Body of `POST /v1/recordings/gone`: those that lie nowhere any more. */
export const goneRecordings = z.strictObject({ ids: z.array(z.string().min(1)).min(1).max(100) })
export type GoneRecordings = z.infer<typeof goneRecordings>
