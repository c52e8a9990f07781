import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { readEnvironment } from '@trunkline/runtime'
import { z } from 'zod'

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * `.env` below the shell's environment: a variable of the shell wins. `TRUNKLINE_ENV_FILE` names another
 * file; one that is named must exist.
 */
export function readSettings(env: Environment, { root }: { root: string }): Environment {
  const named = env['TRUNKLINE_ENV_FILE']
  const file = resolve(root, named ?? '.env')
  if (named === undefined && !existsSync(file)) return env
  return { ...parseEnv(readFileSync(file, 'utf8')), ...env }
}

const url = (...protocols: readonly string[]) =>
  z
    .string()
    .refine((text) => protocols.includes(protocolOf(text)), `a URL with ${protocols.join(' or ')}`)
    .optional()

const externalsSchema = z
  .object({
    RIVA_URI: z
      .string()
      .regex(/^[^\s/:]+:\d{1,5}$/, 'host:port, without a protocol')
      .optional(),
    LLM_SERVICE_URL: url('http:', 'https:'),
    REDIS_URL: url('redis:', 'rediss:'),
    LIVEKIT_REDIS_URL: url('redis:', 'rediss:'),
    DATABASE_URL: url('postgres:', 'postgresql:'),
    LIVEKIT_URL: url('ws:', 'wss:', 'http:', 'https:'),
    LIVEKIT_API_KEY: z.string().optional(),
    LIVEKIT_API_SECRET: z
      .string()
      .min(32, 'at least 32 characters, as livekit-server wants it')
      .optional(),
    RIVA_SSL: z.stringbool().default(false),
    RIVA_API_KEY: z.string().optional(),
    LLM_API_KEY: z.string().optional(),
  })
  .superRefine((value, ctx) => {
    if (value.LIVEKIT_URL === undefined) return
    for (const name of ['LIVEKIT_API_KEY', 'LIVEKIT_API_SECRET'] as const) {
      if (value[name] !== undefined) continue
      ctx.addIssue({
        code: 'custom',
        path: [name],
        message: 'needed with LIVEKIT_URL: a key of that server',
      })
    }
  })

/** Parts that run elsewhere: `up` uses them and does not start its own. */
export interface Externals {
  readonly riva?: { readonly address: string; readonly tls: boolean }
  readonly llm?: { readonly url: string; readonly apiKey?: string }
  readonly redis?: { readonly url: string }
  readonly livekitRedis?: { readonly url: string }
  readonly database?: { readonly url: string }
  readonly livekit?: { readonly url: string; readonly apiKey: string; readonly apiSecret: string }
}

/** @throws {ConfigError} with every faulty address at once */
export function readExternals(settings: Environment): Externals {
  const read = readEnvironment(externalsSchema, settings)
  const { LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET } = read
  return {
    ...(read.RIVA_URI && { riva: { address: read.RIVA_URI, tls: read.RIVA_SSL } }),
    ...(read.LLM_SERVICE_URL && {
      llm: {
        url: read.LLM_SERVICE_URL,
        ...(read.LLM_API_KEY && { apiKey: read.LLM_API_KEY }),
      },
    }),
    ...(read.REDIS_URL && { redis: { url: read.REDIS_URL } }),
    ...(read.LIVEKIT_REDIS_URL && { livekitRedis: { url: read.LIVEKIT_REDIS_URL } }),
    ...(read.DATABASE_URL && { database: { url: read.DATABASE_URL } }),
    ...(LIVEKIT_URL &&
      LIVEKIT_API_KEY &&
      LIVEKIT_API_SECRET && {
        livekit: { url: LIVEKIT_URL, apiKey: LIVEKIT_API_KEY, apiSecret: LIVEKIT_API_SECRET },
      }),
  }
}

function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : ''
}
