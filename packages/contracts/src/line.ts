import { z } from 'zod'
import { dtmfEntry } from './dtmf.ts'
import { lineLimits } from './limits.ts'
import { calendarDate, openingHours, quietHours, weekday } from './opening-hours.ts'
import { lineOutbound } from './outbound.ts'
import { linePrivacy, lineRetention } from './retention.ts'
import { type LineTransfer, lineTransfer } from './transfer.ts'
import { lineTurnTaking } from './turn-taking.ts'
import { webhookEndpoint } from './webhook-endpoint.ts'

/** Languages Trunkline has voices and greetings for. */
export const lineLanguage = z.enum(['en', 'de', 'fr', 'es', 'it', 'hi'])
export type LineLanguage = z.infer<typeof lineLanguage>

/**
 * Words by which a caller learns that no human is speaking (Regulation (EU) 2024/1689, Art. 50: from
 * 2 August 2026 the caller is told at the start, in the call's language).
 */
const aiWords: Readonly<Record<LineLanguage, RegExp>> = {
  en: /\b(AI|artificial intelligence|virtual assistant|automated assistant)\b/i,
  de: /\b(KI|künstliche[nr]? Intelligenz|virtuelle[nr]? Assistent\w*)(?![\p{L}])/iu,
  fr: /\b(IA|intelligence artificielle|assistante? virtuelle?)\b/i,
  es: /\b(IA|inteligencia artificial|asistente virtual)\b/i,
  it: /\b(IA|intelligenza artificiale|assistente virtuale)\b/i,
  hi: /(एआई|AI|कृत्रिम बुद्धिमत्ता|आर्टिफिशियल इंटेलिजेंस)/i,
}

/** Reasons a caller is told before the line hangs up; each has words of ours in every language. */
export const noticeKind = z.enum([
  'line-busy',
  'hourly-limit',
  'cost-limit',
  'max-duration',
  'silence',
  'caller-hold',
  'bot-loop',
  'draining',
  'store-unavailable',
  'llm-unavailable',
])
export type NoticeKind = z.infer<typeof noticeKind>

const speech = z.strictObject({
  greeting: z.string().min(1).max(600).describe('said first; holds the disclosure word for word'),
  disclosure: z.string().min(1).describe('the part that says an AI is speaking'),
  apology: z.string().min(1).max(300).describe('said when Trunkline cannot go on'),
  bridging: z
    .string()
    .min(1)
    .max(120)
    .optional()
    .describe(
      'said while another agent takes over; “One moment please.” in this language by default',
    ),
  keyterms: z
    .array(z.string().min(1).max(60))
    .max(200)
    .default([])
    .describe('words callers say in this language, for the speech recogniser to expect'),
  voice: z.string().default('').describe('name in tts-router; empty: the language’s default'),
  voicemail: z
    .string()
    .min(1)
    .max(600)
    .optional()
    .describe('left on the answering machine of somebody whom we call, after the disclosure'),
  notices: z
    .partialRecord(noticeKind, z.string().min(1).max(300))
    .default({})
    .describe('said before the line hangs up for this reason, instead of the built-in words'),
  reprompts: z
    .array(z.string().min(1).max(200))
    .min(2)
    .max(8)
    .optional()
    .describe('said in turn to a caller who is silent, instead of the built-in words'),
})

const phoneNumber = z
  .string()
  .regex(/^(\+[1-9]\d{6,14}|\d{2,6})$/, 'E.164 ("+49…") or an extension of 2 to 6 digits')

/** What a key does when no entry is awaited. */
const menuKey = z.union([
  z.strictObject({ transfer: z.string().min(1).max(63).describe('name of a transfer target') }),
  z.strictObject({
    say: z
      .partialRecord(lineLanguage, z.string().min(1).max(600))
      .describe('words by language; the line’s default language is needed'),
  }),
  z.strictObject({
    intent: z
      .enum(['booking', 'request_info', 'end_call'])
      .describe('as if the caller had said so in words'),
  }),
])
export type MenuKey = z.infer<typeof menuKey>

/** One telephone line: `lines/*.yaml`. Unknown fields are refused. */
export const line = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'small letters, digits and hyphens'),
    name: z.string().min(1),
    numbers: z.array(phoneNumber).min(1),
    timeZone: z.string().refine(isTimeZone, 'an IANA time zone, for example Europe/Berlin'),
    hotel: z.strictObject({
      connector: z.literal('builtin'),
      data: z.string().min(1).describe('YAML of rooms, rates and guests, relative to this file'),
    }),
    defaultLanguage: lineLanguage,
    languages: z.partialRecord(lineLanguage, speech),
    persona: z.string().min(1).describe('who speaks, for the model’s system prompt'),
    tools: z
      .array(
        z.enum([
          'check_availability',
          'get_reservation',
          'get_hotel_info',
          'create_reservation',
          'transfer_call',
          'end_call',
        ]),
      )
      .min(1),
    hours: openingHours
      .extend({
        days: z.partialRecord(weekday, z.union([openingHours, z.literal('closed')])).default({}),
        closedDates: z.array(calendarDate).max(400).default([]),
      })
      .optional()
      .describe('when people are at the desk, in the line’s time zone; the dialogue is told'),
    quietHours: quietHours.optional().describe('when guests sleep; the dialogue is told'),
    turnTaking: lineTurnTaking,
    dtmf: dtmfEntry
      .omit({ secret: true })
      .extend({
        maxDigits: dtmfEntry.shape.maxDigits.default(20),
        terminator: dtmfEntry.shape.terminator.default('#'),
        interDigitMs: dtmfEntry.shape.interDigitMs.default(2500),
        interrupts: dtmfEntry.shape.interrupts.default(true),
      })
      .prefault({})
      .describe('how keys become an entry, unless the dialogue says otherwise'),
    keys: z
      .record(z.string().regex(/^[0-9*#]$/), menuKey)
      .default({})
      .describe('what a key does when no entry is awaited'),
    transfer: lineTransfer.optional().describe('whom callers can be handed over to'),
    limits: lineLimits,
    comfortTone: z
      .boolean()
      .default(false)
      .describe('a soft tone while an answer takes longer than a second, as with a slow tool'),
    outbound: lineOutbound,
    retention: lineRetention,
    privacy: linePrivacy,
    webhooks: z.array(webhookEndpoint).max(10).default([]),
  })
  .superRefine((value, ctx) => {
    for (const fault of findTransferFaults(value)) ctx.addIssue({ code: 'custom', ...fault })
    const names = value.webhooks.map(({ name }) => name)
    names.forEach((name, index) => {
      if (names.indexOf(name) === index) return
      const path = ['webhooks', index, 'name']
      ctx.addIssue({ code: 'custom', path, message: 'is the name of another webhook of this line' })
    })
    if (!value.languages[value.defaultLanguage]) {
      ctx.addIssue({
        code: 'custom',
        path: ['languages', value.defaultLanguage],
        message: 'the default language needs a greeting, a disclosure and an apology',
      })
    }
    for (const [key, does] of Object.entries(value.keys)) {
      if (!does || !('say' in does) || does.say[value.defaultLanguage] !== undefined) continue
      ctx.addIssue({
        code: 'custom',
        path: ['keys', key, 'say', value.defaultLanguage],
        message: 'a key needs its words in the default language',
      })
    }
    for (const [language, words] of Object.entries(value.languages)) {
      const known = lineLanguage.parse(language)
      if (!aiWords[known].test(words.disclosure)) {
        ctx.addIssue({
          code: 'custom',
          path: ['languages', language, 'disclosure'],
          message: 'must say in this language that an AI is speaking (EU AI Act, Art. 50)',
        })
      }
      if (!words.greeting.includes(words.disclosure)) {
        ctx.addIssue({
          code: 'custom',
          path: ['languages', language, 'greeting'],
          message: 'must contain the disclosure word for word (EU AI Act, Art. 50)',
        })
      }
    }
  })
export type Line = z.infer<typeof line>

/** What the line says about transfers in one place and lacks in another. */
function findTransferFaults({
  transfer,
  tools,
  limits,
  keys,
}: {
  transfer?: LineTransfer | undefined
  tools: readonly string[]
  limits: { whenFull: string }
  keys: Readonly<Record<string, MenuKey>>
}): { path: string[]; message: string }[] {
  const needsTarget = 'needs `transfer` with a target'
  return [
    ...(tools.includes('transfer_call') && !transfer
      ? [{ path: ['tools'], message: `transfer_call ${needsTarget}` }]
      : []),
    ...(limits.whenFull === 'transfer' && transfer?.default === undefined
      ? [{ path: ['limits', 'whenFull'], message: 'needs `transfer.default`' }]
      : []),
    ...Object.entries(keys).flatMap(([key, does]) =>
      'transfer' in does && !transfer?.targets[does.transfer]
        ? [{ path: ['keys', key, 'transfer'], message: 'names no target of `transfer`' }]
        : [],
    ),
  ]
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false // RangeError is how Intl says "no such zone"
  }
}
