import { z } from 'zod'

/** Begins the identity of the agent that says the last words; it leaves the room when they are said. */
export const lastWordsIdentity = 'last-words-'

/** What a dispatch of the last words tells, as JSON in its metadata: the line's apology, found on disk. */
export const lastWords = z.object({
  text: z.string(),
  language: z.string(),
  voice: z.string(),
  maxMs: z.number().positive().optional().describe('time to say it in; it ends at a pause before'),
})
export type LastWords = z.infer<typeof lastWords>
