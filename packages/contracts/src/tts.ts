import { z } from 'zod'

/** Body of tts-router's `POST /synthesize`. */
export const synthesizeRequest = z.strictObject({
  text: z.string().min(1).max(2000),
  language: z.string().min(2),
  voice: z.string().default('').describe('empty: the language’s default'),
  sampleRateHz: z.number().int().min(8000).max(48000).default(24000),
  format: z.enum(['pcm', 'json']).default('pcm'),
  cache: z.boolean().default(true).describe('false for text that holds personal data'),
})
export type SynthesizeRequest = z.infer<typeof synthesizeRequest>

/** Headers of the PCM answer (`application/octet-stream`: s16le, mono). */
export const synthesizeHeaders = {
  sampleRate: 'x-sample-rate-hz',
  cache: 'x-cache',
  engine: 'x-engine',
} as const

/** The answer with `format: "json"`. */
export const synthesizeJson = z.object({
  audio: z.string().describe('base64 of s16le mono PCM'),
  sampleRateHz: z.number(),
  durationMs: z.number(),
  engine: z.string(),
  cached: z.boolean(),
})

export const voiceList = z.object({
  voices: z.array(z.object({ name: z.string(), language: z.string(), engine: z.string() })),
})
export type VoiceList = z.infer<typeof voiceList>
