import { z } from 'zod'

const step = z.object({
  /** Milliseconds since `timeOrigin`. */
  at: z.number(),
  why: z.string(),
  commands: z.array(z.string()),
  model: z.object({ probability: z.number(), threshold: z.number() }).optional(),
})
/** What a job logs at level debug when a turn is over. */
const logLine = z.object({ jobId: z.string(), timeOrigin: z.number(), trace: z.array(step) })

/** One step of turn-taking that changed something: what was wanted, and why. `at` is epoch milliseconds. */
export type TraceStep = z.infer<typeof step>

/** The steps of a call's jobs in an agent's log, in order; all else in it is passed over. */
export function readTrace(log: string, jobIds: readonly string[]): readonly TraceStep[] {
  return log.split('\n').flatMap((line) => {
    if (!line.includes('"timeOrigin"')) return []
    const read = logLine.safeParse(toJson(line))
    if (!read.success || !jobIds.includes(read.data.jobId)) return []
    const { timeOrigin, trace } = read.data
    return trace.map(({ at, ...rest }) => ({ at: timeOrigin + at, ...rest }))
  })
}

function toJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined // cut off
  }
}
