import { z } from 'zod'

/** When a line takes a caller's turn for over, and what stops the agent. docs/turn-taking.md explains them. */
export const lineTurnTaking = z
  .strictObject({
    minEndpointingDelayMs: z
      .number()
      .int()
      .min(0)
      .max(5000)
      .default(300)
      .describe('silence after which a turn that is surely over is answered'),
    maxEndpointingDelayMs: z
      .number()
      .int()
      .min(100)
      .max(10000)
      .default(2000)
      .describe('silence after which a turn is answered that does not sound finished'),
    minInterruptionMs: z
      .number()
      .int()
      .min(0)
      .max(5000)
      .default(400)
      .describe('speech over the agent that stops it with a single word; “stop” does at once'),
    falseInterruptionTimeoutMs: z
      .number()
      .int()
      .min(0)
      .max(10000)
      .default(250)
      .describe('silence after a sound without words until the agent’s voice goes on'),
    wordlessInterruptionMs: z
      .number()
      .int()
      .min(300)
      .max(10000)
      .default(1500)
      .describe('speech that stops the agent even if no word of it is recognised'),
    dictationPauseMs: z
      .number()
      .int()
      .min(100)
      .max(10000)
      .default(1500)
      .describe('silence that ends digits or letters said one by one'),
    adaptToCaller: z
      .boolean()
      .default(true)
      .describe('waits longer for a caller who pauses longer'),
    maxSpeculations: z
      .number()
      .int()
      .min(0)
      .max(10)
      .default(2)
      .describe('of one turn: replies begun before the caller has certainly finished'),
    maxWastedTokens: z
      .number()
      .int()
      .min(0)
      .default(50_000)
      .describe('of one call, on replies that were begun in vain; none is begun beyond'),
  })
  .prefault({})
