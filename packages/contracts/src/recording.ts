import { z } from 'zod'

/** Query of `GET /v1/recordings/due`. */
export const dueQuery = z.object({ cursor: z.string().optional() })

/** Answer to `GET /v1/recordings/due`: files whose time is over, or whose caller has been erased. */
export const dueRecordings = z.object({
  recordings: z.array(
    z.object({
      id: z.string(),
      reference: z.string(),
      at: z.number().optional().describe('when it was last told of, epoch milliseconds'),
      isRemoved: z.boolean().optional().describe('its own job has, before it was brought anywhere'),
    }),
  ),
  nextCursor: z.string().optional().describe('there are more'),
})
export type DueRecordings = z.infer<typeof dueRecordings>

/** Body of `POST /v1/recordings/gone`: those that lie nowhere any more, nor are on their way from any machine. */
export const goneRecordings = z.strictObject({ ids: z.array(z.string().min(1)).min(1).max(100) })
export type GoneRecordings = z.infer<typeof goneRecordings>
