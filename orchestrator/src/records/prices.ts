import { readFile } from 'node:fs/promises'
import { ConfigError } from '@trunkline/runtime'
import { parse } from 'yaml'
import { z } from 'zod'
import type { UsageItem } from './usage.ts'

const eur = z.number().min(0).max(1_000_000)

/** Prices in euro of one kind, by engine; `default` is for every engine that has none of its own. */
const prices = z.strictObject({
  llm: z
    .record(
      z.string(),
      z.strictObject({
        eurPerMillionPromptTokens: eur.default(0),
        eurPerMillionCompletionTokens: eur.default(0),
      }),
    )
    .default({}),
  asr: z.record(z.string(), z.strictObject({ eurPerHour: eur })).default({}),
  tts: z.record(z.string(), z.strictObject({ eurPerMillionCharacters: eur })).default({}),
  telephony: z.record(z.string(), z.strictObject({ eurPerMinute: eur })).default({}),
})

/** What engines cost. An engine without a price costs nothing: the stand-ins run on one's own machine. */
export interface Prices {
  costEur(item: UsageItem): number
}

export function createPrices(table: z.input<typeof prices> = {}): Prices {
  const { llm, asr, tts, telephony } = prices.parse(table)
  return {
    costEur({ kind, engine, unit, amount }) {
      switch (kind) {
        case 'llm': {
          const price = llm[engine] ?? llm['default']
          if (!price) return 0
          const { eurPerMillionPromptTokens, eurPerMillionCompletionTokens } = price
          const each =
            unit === 'prompt-token' ? eurPerMillionPromptTokens : eurPerMillionCompletionTokens
          return (amount * each) / 1_000_000
        }
        case 'asr':
          return (
            (toSeconds(unit, amount) / 3600) * ((asr[engine] ?? asr['default'])?.eurPerHour ?? 0)
          )
        case 'tts':
          return (
            (amount * ((tts[engine] ?? tts['default'])?.eurPerMillionCharacters ?? 0)) / 1_000_000
          )
        case 'telephony': {
          const price = telephony[engine] ?? telephony['default']
          return (toSeconds(unit, amount) / 60) * (price?.eurPerMinute ?? 0)
        }
      }
    },
  }
}

/**
 * Reads PRICES_FILE (YAML or JSON); without one everything is free.
 * @throws {ConfigError} naming each faulty field
 */
export async function readPrices(file: string | undefined): Promise<Prices> {
  if (file === undefined) return createPrices()
  let content: unknown
  try {
    content = parse(await readFile(file, 'utf8'))
  } catch (cause) {
    throw new ConfigError(`PRICES_FILE: ${file} cannot be read as YAML`, { cause })
  }
  const parsed = prices.safeParse(content ?? {})
  if (!parsed.success) throw new ConfigError(`PRICES_FILE:\n${z.prettifyError(parsed.error)}`)
  return createPrices(parsed.data)
}

function toSeconds(unit: UsageItem['unit'], amount: number): number {
  return unit === 'minute' ? amount * 60 : amount
}
