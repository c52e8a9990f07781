import { z } from 'zod'

/** What is done when a machine takes a call that we placed. */
export const onMachine = z.enum(['leave-message', 'hang-up', 'go-on'])
export type OnMachine = z.infer<typeof onMachine>

/** Who, or what, took it; `ivr` is a menu or a queue. */
export const answeredBy = z.enum(['human', 'machine', 'ivr', 'unknown'])
export type AnsweredBy = z.infer<typeof answeredBy>

/** How a line calls out; a request to dial may say otherwise. */
export const lineOutbound = z
  .strictObject({
    onMachine: onMachine
      .default('go-on')
      .describe('leave-message needs words: `voicemail` of the language, or those of the request'),
  })
  .prefault({})
