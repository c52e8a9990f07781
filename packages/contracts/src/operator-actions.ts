import { z } from 'zod'
import { onMachine } from './outbound.ts'
import { transferMode } from './transfer.ts'

const text = z.string().trim().min(1).max(2000)
const phoneNumber = z.string().regex(/^\+?[0-9]{3,20}$/, 'digits, with a leading + for E.164')

/** Body of `POST /v1/calls/{id}/actions`. */
export const operatorAction = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('say').describe('the agent says this to the caller, after what it is saying'),
    text,
    language: z.string().min(2).max(35).optional().describe('BCP 47; the caller’s by default'),
  }),
  z.strictObject({
    action: z
      .literal('whisper')
      .describe('a hint for the agent’s next reply, unheard by the caller'),
    text,
  }),
  z.strictObject({
    action: z.literal('hangup').describe('ends the call after what was said has been played'),
  }),
  z.strictObject({
    action: z.literal('mute').describe('the agent goes quiet and answers nothing'),
  }),
  z.strictObject({ action: z.literal('unmute').describe('the agent answers again') }),
  z.strictObject({
    action: z.literal('take-over').describe('mutes the agent, and lets the operator join the room'),
    name: z.string().trim().min(1).max(100).optional().describe('shown to others in the room'),
  }),
  z.strictObject({
    action: z.literal('transfer').describe('hands the caller over; how it comes out is an event'),
    to: z
      .string()
      .min(1)
      .max(256)
      .describe('name of a target of the line, a number in E.164, or a sip: address'),
    mode: transferMode
      .optional()
      .describe('the target’s by default; for a number or an address `cold`'),
  }),
  z.strictObject({
    action: z.literal('hold').describe('the caller hears music and is not listened to'),
  }),
  z.strictObject({ action: z.literal('unhold').describe('the agent listens and answers again') }),
  z.strictObject({
    action: z.literal('send-dtmf'),
    digits: z
      .string()
      .regex(/^[0-9A-Da-d*#,]{1,64}$/, 'keys 0-9 A-D * # and , for a pause of two seconds'),
  }),
  z.strictObject({
    action: z
      .literal('set-language')
      .describe('the agent listens and speaks in this language from now on'),
    language: z.string().min(2).max(35).describe('BCP 47; one that the line speaks'),
  }),
])
export type OperatorAction = z.infer<typeof operatorAction>

/** Answer to an action: `done` (200) when the agent has confirmed it, `accepted` (202) when it is under way. */
export const actionAnswer = z.object({
  actionId: z.string(),
  action: z.string(),
  status: z.enum(['done', 'accepted']),
  join: z
    .object({
      server_url: z.string(),
      participant_token: z.string().describe('for one join, within two minutes'),
      room: z.string(),
    })
    .optional()
    .describe('after take-over: how the operator joins the call'),
})
export type ActionAnswer = z.infer<typeof actionAnswer>

/** Body of `POST /v1/calls`: dials out. */
export const outboundCall = z.strictObject({
  line: z.string().min(1).max(64).describe('the line that speaks; its first number is shown'),
  to: phoneNumber.describe('the number that is dialled'),
  ringSeconds: z.number().int().min(5).max(80).default(40),
  onMachine: onMachine
    .optional()
    .describe('what is done when a machine answers; as the line says by default'),
  message: z
    .string()
    .trim()
    .min(1)
    .max(600)
    .optional()
    .describe(
      'left with a machine, after the line’s disclosure; the line’s `voicemail` by default',
    ),
})
export type OutboundCall = z.infer<typeof outboundCall>

/** Answer to `POST /v1/calls` (202): the call appears in the list as soon as its agent has said hello. */
export const outboundAnswer = z.object({ dialId: z.string(), room: z.string() })
export type OutboundAnswer = z.infer<typeof outboundAnswer>

/** Every fault of the API; `state` with 409, `code` is stable. */
export const apiFault = z.object({
  error: z.object({ code: z.string(), message: z.string(), state: z.string().optional() }),
})
