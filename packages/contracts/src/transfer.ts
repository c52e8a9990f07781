import { z } from 'zod'
import { calendarDate, openingHours, weekday } from './opening-hours.ts'

/**
 * How a caller is handed over. `cold`: the carrier is asked to call the other one instead of us (SIP REFER). `warm`: the
 * other one is dialled into the caller's room, is told what it is about, and then the two are joined.
 */
export const transferMode = z.enum(['cold', 'warm'])
export type TransferMode = z.infer<typeof transferMode>

/**
 * How a transfer came out. Only `done` means that it is so; after every other the caller is told and the call goes on.
 * `unknown`: nobody has said, and the caller is still with us. `caller-left`: hung up while it was under way.
 */
export const transferOutcome = z.enum([
  'done',
  'busy',
  'declined',
  'no-answer',
  'unreachable',
  'refused',
  'not-established',
  'unknown',
  'closed',
  'queue-timeout',
  'unavailable',
  'not-possible',
  'caller-left',
])
export type TransferOutcome = z.infer<typeof transferOutcome>
export type TransferFault = Exclude<TransferOutcome, 'done'>

/** How far a transfer is, for the process that takes the call over. */
export const transferStage = z.enum(['announcing', 'waiting', 'dialling', 'briefing', 'joining'])
export type TransferStage = z.infer<typeof transferStage>

const sipAddress = z
  .string()
  .max(256)
  .regex(/^sips?:[^\s@<>"]+@[^\s@<>"]+$|^sips?:[^\s@<>"]+$/, 'a "sip:" address')
const number = z.string().regex(/^(\+[1-9]\d{6,14}|\d{2,6})$/, 'E.164 ("+49…") or an extension')

/** Where a call can be transferred to, when it is not a name: a number or a SIP address. */
export const transferAddress = z.union([number, sipAddress])

export const transferTargetName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'small letters, digits and hyphens')

const transferTarget = z.strictObject({
  to: transferAddress.describe('number or sip: address'),
  about: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('whom one reaches there and for what; the model chooses by it'),
  mode: transferMode.default('cold'),
  ringSeconds: z.number().int().min(5).max(80).default(25),
  hours: openingHours
    .extend({
      days: z.partialRecord(weekday, z.union([openingHours, z.literal('closed')])).default({}),
      closedDates: z.array(calendarDate).max(400).default([]),
    })
    .optional()
    .describe('when somebody answers there, in the line’s time zone; always by default'),
})
export type TransferTarget = z.infer<typeof transferTarget>

/** `transfer:` of a line file. */
export const lineTransfer = z
  .strictObject({
    targets: z
      .record(transferTargetName, transferTarget)
      .refine((targets) => Object.keys(targets).length > 0, 'needs one target or more'),
    default: transferTargetName
      .optional()
      .describe('who is called when the agent cannot go on, or the line is full'),
    queue: z
      .strictObject({
        maxWaitSeconds: z.number().int().min(10).max(3600).default(300),
        retrySeconds: z.number().int().min(2).max(120).default(15),
      })
      .optional()
      .describe('callers wait with music while a target is busy, instead of being told so'),
  })
  .superRefine((value, ctx) => {
    if (value.default === undefined || value.targets[value.default]) return
    ctx.addIssue({ code: 'custom', path: ['default'], message: 'names no target of this line' })
  })
export type LineTransfer = z.infer<typeof lineTransfer>

/** The transfer that is under way, as the call keeps it. */
export const transferRecord = z.object({
  actionId: z.string(),
  at: z.number().describe('epoch ms at which it began'),
  target: z.string().optional().describe('name of the line’s target; absent for a number'),
  mode: transferMode,
  turnId: z.string().optional().describe('the turn in which the model asked for it'),
  stage: transferStage,
  stageAt: z.number().describe('epoch ms'),
})
export type TransferRecord = z.infer<typeof transferRecord>

/** What the identity begins with of one who is dialled into a caller's room: never taken for a caller. */
export const colleagueIdentityPrefix = 'colleague-'
/** The same of an operator who joins a call. */
export const operatorIdentityPrefix = 'operator-'
/** Name of the agent's track that the colleague alone hears. */
export const briefTrackName = 'agent-brief'
