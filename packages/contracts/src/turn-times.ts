import { z } from 'zod'

/**
 * Moments of one turn as the agent lives through it, in the order in which a plain turn has them; a turn that is sent
 * before it is decided has them in another.
 * - `speech-ended`: the caller's last voiced sample
 * - `endpoint-decided`: turn-taking took the turn for over
 * - `final-received`: the recogniser's last final of it
 * - `turn-sent`, `turn-confirmed`: handed to the channel; the second only of a speculative turn
 * - `say-received`: the first sentence of its reply
 * - `first-pcm`: first audio of the sentence that was played first, from the tts-router or from disk
 * - `first-frame`: its first frame was given to the room
 */
export const turnMark = z.enum([
  'speech-ended',
  'endpoint-decided',
  'final-received',
  'turn-sent',
  'turn-confirmed',
  'say-received',
  'first-pcm',
  'first-frame',
])
export type TurnMark = z.infer<typeof turnMark>

/** Times on the agent's own clock, epoch milliseconds with fractions: only their differences mean something. */
export const turnMarks = z.partialRecord(turnMark, z.number())
export type TurnMarkTimes = Readonly<z.infer<typeof turnMarks>>

/**
 * What a caller waits for, in order.
 * - `endpointing`: last voiced sample at the agent → turn-taking has decided
 * - `asr-final`: → the last final is there
 * - `turn-sending`: → the turn, or its confirmation, is on the channel
 * - `channel`: there and back
 * - `orchestrator`: turn received → the model asked
 * - `llm-first-token`, `llm-first-clause`: → the first clause, all model calls and tools before it included
 * - `say-sending`: → stored and on the channel
 * - `reply`: instead of these five, where the orchestrator's times do not fit the agent's
 * - `tts`: sentence received → its first audio
 * - `playout`: → its first frame is given to the room
 * - `transport-out`: → the caller's end; estimated, never measured
 */
export const waitPart = z.enum([
  'endpointing',
  'asr-final',
  'turn-sending',
  'channel',
  'orchestrator',
  'llm-first-token',
  'llm-first-clause',
  'say-sending',
  'reply',
  'tts',
  'playout',
  'transport-out',
])
export type WaitPart = z.infer<typeof waitPart>

export const turnWait = z.object({
  wholeMs: z.number().describe('last voiced sample at the agent → first sample at the caller'),
  parts: z
    .array(
      z.object({
        part: waitPart,
        ms: z.number().describe('by how much the caller waited longer for it'),
        hiddenMs: z
          .number()
          .optional()
          .describe('what it took beyond that, while another part was waited for'),
        isEstimated: z.boolean().optional(),
      }),
    )
    .describe('in order; their `ms` add up to `wholeMs`'),
  channelRoundTripMs: z
    .number()
    .optional()
    .describe('of the newest ping on the channel, beside the `channel` part, which holds queueing'),
})
export type TurnWait = z.infer<typeof turnWait>
