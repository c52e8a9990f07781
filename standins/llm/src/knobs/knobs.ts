import { z } from 'zod'
import { ApiError } from '../errors.ts'

const count = z.coerce.number().int().min(0).max(1_000_000)
const flag = z.union([z.boolean(), z.stringbool()])

/** How a request is to be answered, or ill answered. */
export const knobs = z.strictObject({
  ttftMs: z.coerce.number().min(0).max(600_000).optional().describe('until the first token'),
  tokensPerSecond: z.coerce.number().min(0.1).max(100_000).optional(),
  stallAfterTokens: count.optional().describe('then nothing more until the client leaves'),
  cutAfterTokens: count.optional().describe('then the connection is destroyed'),
  status: z.coerce.number().int().min(400).max(599).optional().describe('refuse with this'),
  retryAfterSeconds: z.coerce.number().min(0).optional().describe('with status 429; 1 if not set'),
  malformedArguments: flag.optional(),
  leakThink: flag.optional(),
  zeroArgumentsMissing: flag.optional().describe('no arguments field when there are none'),
  finishStopWithTools: flag.optional().describe('finish_reason "stop" though tools are called'),
})
export type Knobs = z.output<typeof knobs>

const prefix = 'x-standin-'

/**
 * Knobs from headers: `x-standin-ttft-ms: 300`, or the name as it is, in any case.
 * @throws {ApiError} 400 for a name or value that is not known
 */
export function readKnobHeaders(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Knobs {
  const found: Record<string, unknown> = {}
  for (const [header, value] of Object.entries(headers)) {
    if (!header.startsWith(prefix)) continue
    const spelled = header.slice(prefix.length).replaceAll('-', '')
    const name = Object.keys(knobs.shape).find((key) => key.toLowerCase() === spelled)
    found[name ?? header] = value
  }
  const parsed = knobs.safeParse(found)
  if (!parsed.success) throw new ApiError(400, z.prettifyError(parsed.error), { param: prefix })
  return parsed.data
}
