import { z } from 'zod'
import { defaultModel } from './wire/model-list.ts'

/** Every fault of the environment at once; `message` is ready to print. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const environment = z.object({
  LISTEN_HOST: z.string().default('127.0.0.1'),
  LLM_PORT: z.coerce.number().int().min(0).max(65535).default(8000),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  LLM_MODEL: z.string().default(defaultModel),
  LLM_API_KEY: z.string().optional(),
  LLM_STANDIN_STRICT_MODEL: z.stringbool().default(false),
  LLM_STANDIN_TTFT_MS: z.coerce.number().min(0).max(600_000).default(20),
  LLM_STANDIN_TOKENS_PER_SECOND: z.coerce.number().min(0.1).max(100_000).default(1000),
})

export interface Config {
  readonly http: { readonly host: string; readonly port: number }
  readonly log: { readonly level: 'silent' | 'error' | 'warn' | 'info' | 'debug' }
  readonly model: {
    readonly id: string
    /** Refuse any other model with 404, as a NIM does. */
    readonly isStrict: boolean
  }
  /** When set, requests need it as bearer token. */
  readonly apiKey: string | undefined
  readonly pace: { readonly ttftMs: number; readonly tokensPerSecond: number }
}

/**
 * Reads the settings from environment variables; an empty value counts as not set.
 * @throws {ConfigError} naming each faulty variable, without its value
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = environment.safeParse(set)
  if (!parsed.success) {
    throw new ConfigError(`the environment is not right:\n${z.prettifyError(parsed.error)}`)
  }
  const values = parsed.data
  return {
    http: { host: values.LISTEN_HOST, port: values.LLM_PORT },
    log: { level: values.LOG_LEVEL },
    model: { id: values.LLM_MODEL, isStrict: values.LLM_STANDIN_STRICT_MODEL },
    apiKey: values.LLM_API_KEY,
    pace: {
      ttftMs: values.LLM_STANDIN_TTFT_MS,
      tokensPerSecond: values.LLM_STANDIN_TOKENS_PER_SECOND,
    },
  }
}
