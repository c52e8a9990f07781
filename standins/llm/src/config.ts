import { type LogLevel, listenerVariables, port, readEnvironment } from '@trunkline/runtime'
import { z } from 'zod'
import { defaultModel } from './wire/model-list.ts'

const environment = z.object({
  ...listenerVariables,
  LLM_PORT: port.default(8000),
  LLM_MODEL: z.string().default(defaultModel),
  LLM_API_KEY: z.string().optional(),
  LLM_STANDIN_STRICT_MODEL: z.stringbool().default(false),
  LLM_STANDIN_TTFT_MS: z.coerce.number().min(0).max(600_000).default(20),
  LLM_STANDIN_TOKENS_PER_SECOND: z.coerce.number().min(0.1).max(100_000).default(1000),
})

export interface Config {
  readonly http: { readonly host: string; readonly port: number }
  readonly log: { readonly level: LogLevel }
  readonly model: {
    readonly id: string
    /** Refuse any other model with 404, as a NIM does. */
    readonly isStrict: boolean
  }
  /** When set, requests need it as bearer token. */
  readonly apiKey: string | undefined
  readonly pace: { readonly ttftMs: number; readonly tokensPerSecond: number }
}

/** @throws {ConfigError} naming each faulty variable, without its value */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const values = readEnvironment(environment, env)
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
