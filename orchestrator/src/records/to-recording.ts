import { z } from 'zod'
import type { RecordEntryOf } from './record-entry.ts'

const number = z.union([z.number(), z.string()]).optional()
const file = z.looseObject({
  filename: z.string().optional(),
  location: z.string().optional(),
  duration: number,
  size: number,
  startedAt: number,
  endedAt: number,
})

/** LiveKit's `EgressInfo` in protojson; 64-bit numbers come as strings, times and durations in nanoseconds. */
const egressInfo = z.looseObject({
  egressId: z.string(),
  roomId: z.string().optional(),
  status: z.union([z.string(), z.number()]).optional(),
  startedAt: number,
  endedAt: number,
  updatedAt: number,
  file: file.optional(),
  fileResults: z.array(file).optional(),
  segmentResults: z.array(z.looseObject({ playlistLocation: z.string().optional() })).optional(),
})

export type Recording = Omit<RecordEntryOf<'recording'>, 'kind'>

/** What an `egress_ended` webhook says of its files; one recording each, none when it is no egress. */
export function toEgressRecordings(
  info: Readonly<Record<string, unknown>>,
  { now }: { now: () => number },
): Recording[] {
  const parsed = egressInfo.safeParse(info)
  if (!parsed.success) return []
  const { egressId, roomId, status, fileResults = [], segmentResults = [] } = parsed.data
  const single = parsed.data.file
  const base = {
    ...({ source: 'egress', status: toStatus(status) } as const),
    ...(roomId ? { roomSid: roomId } : {}),
    at: toMs(parsed.data.updatedAt) ?? toMs(parsed.data.endedAt) ?? now(),
  }
  const span = withSpan(parsed.data)
  const files = fileResults.length > 0 || !single ? fileResults : [single]
  const recordings = [
    ...files.map((one) => ({
      ...{ ...base, ...span, ...withSpan(one) },
      reference: one.location ?? one.filename ?? '',
      ...withNumber('durationMs', toMs(one.duration)),
      ...withNumber('bytes', toCount(one.size)),
    })),
    ...segmentResults.map((one) => ({ ...base, ...span, reference: one.playlistLocation ?? '' })),
  ]
  // An egress that failed has no file, and that is worth knowing.
  const all = recordings.length > 0 ? recordings : [{ ...base, ...span, reference: '' }]
  return all.map((one, index) => ({ id: index === 0 ? egressId : `${egressId}-${index}`, ...one }))
}

function withSpan(of: { readonly startedAt?: unknown; readonly endedAt?: unknown }) {
  return {
    ...withNumber('startedAt', toMs(of.startedAt)),
    ...withNumber('endedAt', toMs(of.endedAt)),
  }
}

function withNumber<K extends string>(key: K, value: number | undefined): { [P in K]?: number } {
  const found: { [P in K]?: number } = {}
  if (value !== undefined) found[key] = value
  return found
}

/** `EGRESS_COMPLETE` and 3 are the same word in protojson. */
function toStatus(status: string | number | undefined): string {
  const names = ['starting', 'active', 'ending', 'complete', 'failed', 'aborted', 'limit-reached']
  if (typeof status === 'number') return names[status] ?? 'unknown'
  return (
    status
      ?.replace(/^EGRESS_/, '')
      .toLowerCase()
      .replaceAll('_', '-') ?? 'starting'
  )
}

function toCount(value: unknown): number | undefined {
  const count = Number(value ?? Number.NaN)
  return Number.isFinite(count) && count > 0 ? count : undefined
}

function toMs(nanoseconds: unknown): number | undefined {
  const count = toCount(nanoseconds)
  return count === undefined ? undefined : count / 1_000_000
}
