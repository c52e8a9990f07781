import { z } from 'zod'

/** Redis stream of what still has to be written to Postgres, and the group that does. */
export const recordsStream = 'records'
export const recordsGroup = 'postgres'
/** Entries that Postgres refuses for what they are; looked at by a human. */
export const deadRecordsStream = 'records:dead'
/** How long the stream outlives its last entry, refreshed by each: a day, as no key outlives a line’s default retention. */
export const recordsTtlSeconds = 86_400

const usageItem = z.object({
  kind: z.enum(['llm', 'asr', 'tts', 'telephony']),
  engine: z.string(),
  unit: z.enum(['prompt-token', 'completion-token', 'second', 'character', 'minute']),
  amount: z.number().min(0),
})

const recordEntry = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('call-event'),
    callId: z.string(),
    eventId: z.string(),
    /** Loose: an event of a newer version is kept too. */
    event: z.looseObject({ type: z.string(), at: z.number() }),
    usage: z.array(usageItem).optional(),
  }),
  z.object({
    kind: z.literal('recording'),
    id: z.string(),
    callId: z.string().optional(),
    roomSid: z.string().optional(),
    source: z.enum(['egress', 'agent', 'other']),
    reference: z.string().describe('where its file lies; the file itself is never here'),
    status: z.string(),
    startedAt: z.number().optional(),
    endedAt: z.number().optional(),
    durationMs: z.number().optional(),
    bytes: z.number().optional(),
    at: z.number(),
  }),
])

/** One thing on its way to Postgres. */
export type RecordEntry = z.infer<typeof recordEntry>
export type RecordEntryOf<K extends RecordEntry['kind']> = Extract<RecordEntry, { kind: K }>

/** JSON that jsonb takes: without NUL and halves of surrogate pairs, which no recogniser should send. */
export function toRecordJson(entry: RecordEntry): string {
  const json = JSON.stringify(entry)
  return json.includes('\\u') ? JSON.stringify(wellFormed(entry)) : json
}

/** Undefined for what is no entry. */
export function readRecordJson(json: string): RecordEntry | undefined {
  try {
    const parsed = recordEntry.safeParse(JSON.parse(json))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined // half a line of a spill file whose process was killed
  }
}

function wellFormed(value: unknown): unknown {
  if (typeof value === 'string')
    return value.replace(/[\uD800-\uDFFF]/gu, '\uFFFD').replaceAll('\0', '')
  if (Array.isArray(value)) return value.map(wellFormed)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [String(wellFormed(key)), wellFormed(inner)]),
  )
}
