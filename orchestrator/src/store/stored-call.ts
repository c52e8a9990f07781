import { type CallEvent, callEvent, callRecord } from '@trunkline/contracts'
import { z } from 'zod'

/** Raised when the meaning of a stored field changes; an older reader then leaves the call alone. */
const storedCallSchema = 1

/** What lies under `call:{id}`. */
const storedCall = z.object({
  schema: z.literal(storedCallSchema),
  call: callRecord,
  epoch: z.number().int(),
  token: z.number().int().default(0).describe('fencing token of the process that wrote this'),
  jobId: z.string(),
  handled: z.number().int().describe('the job’s last seq that was handled'),
  lastEventId: z.string(),
})
export type StoredCall = z.infer<typeof storedCall>

export function toStoredJson(stored: Omit<StoredCall, 'schema'>): string {
  return JSON.stringify({ schema: storedCallSchema, ...stored })
}

/** Undefined for what another version has written. */
export function readStoredCall(json: string | null | undefined): StoredCall | undefined {
  if (json === null || json === undefined) return undefined
  const parsed = storedCall.safeParse(JSON.parse(json))
  return parsed.success ? parsed.data : undefined
}

export function readStoredEvent(json: string): CallEvent | undefined {
  const parsed = callEvent.safeParse(JSON.parse(json))
  return parsed.success ? parsed.data : undefined
}
