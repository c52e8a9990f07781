import { z } from 'zod'

/** What a line bounds of its calls: time, silence, number and cost. */
export const lineLimits = z
  .strictObject({
    callSeconds: z.number().int().min(10).max(86400).default(1800),
    silenceSeconds: z
      .number()
      .int()
      .min(5)
      .max(600)
      .default(30)
      .describe('without a word recognised; noise and voices without words do not count'),
    reprompts: z
      .number()
      .int()
      .min(0)
      .max(5)
      .default(2)
      .describe('within `silenceSeconds`, evenly spaced, before the goodbye'),
    holdSeconds: z
      .number()
      .int()
      .min(5)
      .max(3600)
      .default(60)
      .describe('of music, or without any media: the caller holds us'),
    botTurns: z
      .number()
      .int()
      .min(3)
      .max(50)
      .default(6)
      .describe('turns running that only a machine takes, before the call is ended'),
    concurrentCalls: z.number().int().min(1).max(100_000).optional(),
    whenFull: z
      .enum(['tell', 'transfer'])
      .default('tell')
      .describe('`transfer`: to the line’s default target, when there is no room for the call'),
    callsPerHour: z.number().int().min(1).max(1_000_000).optional(),
    costEur: z.number().positive().max(10_000).optional().describe('of one call; it is ended'),
    costEurPerDay: z
      .number()
      .positive()
      .max(1_000_000)
      .optional()
      .describe('of the line, by its own calendar day; calls after it are refused'),
  })
  .prefault({})
