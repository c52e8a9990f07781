import { z } from 'zod'

/**
 * One step of turn-taking, a JSON object a line: what was perceived, what was wanted, and why. Times are epoch
 * milliseconds. What was said is left out where the trace is written.
 */
export const traceLine = z.object({
  at: z.number(),
  perception: z.object({
    type: z.string(),
    probability: z.number().optional(),
    threshold: z.number().optional(),
  }),
  commands: z.array(z.object({ type: z.string() })),
  why: z.string(),
})
export type TraceLine = z.infer<typeof traceLine>

/** Lines that are no steps, a log's others for example, are passed over. */
export function readTrace(text: string): readonly TraceLine[] {
  return text.split('\n').flatMap((line) => {
    const read = traceLine.safeParse(toJson(line))
    return read.success ? [read.data] : []
  })
}

function toJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined // not JSON: no step
  }
}
