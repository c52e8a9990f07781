import {
  bearerTokens,
  callVariables,
  exampleSecretRule,
  port,
  readEnvironment,
  regionRule,
  serviceVariables,
} from '@trunkline/runtime'
import { z } from 'zod'
import { distinctRule } from './security/distinct-rule.ts'
import { keySetText } from './security/json-web-tokens.ts'
import { neededInProduction } from './security/needed-in-production.ts'
import { togetherRule } from './security/together-rule.ts'
import { addressRuleList, webhookSecrets } from './webhooks/webhook-config.ts'

const url = z.url()

const environment = z.object({
  ...serviceVariables,
  ...callVariables,
  ORCHESTRATOR_PORT: port.default(8080),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    )
    .pipe(z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]))),
  RATE_LIMIT_PER_TOKEN: z.coerce.number().int().min(1).default(1200),
  RATE_LIMIT_PER_ADDRESS: z.coerce.number().int().min(1).default(300),
  SIP_OUTBOUND_TRUNK_ID: z.string().min(1).optional(),
  REDIS_URL: url.default('redis://127.0.0.1:6379/1'),
  LIVEKIT_REDIS_URL: url.optional(),
  DATABASE_URL: url.optional(),
  DATA_DIR: z.string().default('.run/data'),
  RECORDS_SECRET: z.string().min(32, 'use 32 characters or more').optional(),
  PRICES_FILE: z.string().optional(),
  SPILL_MAX_BYTES: z.coerce.number().int().min(65_536).default(67_108_864),
  LINES_DIR: z.string().default('lines'),
  LIVEKIT_URL: url.default('ws://127.0.0.1:7880'),
  PUBLIC_LIVEKIT_URL: url.optional(),
  LIVEKIT_SIP_API_URL: url.optional(),
  LIVEKIT_API_KEY: z.string(),
  LIVEKIT_API_SECRET: z.string().min(32, 'livekit-server wants 32 characters or more'),
  AGENT_NAME: z.string().default('trunkline'),
  LAST_WORDS_AGENT_NAME: z.string().min(1).default('trunkline-last-words'),
  AGENT_DEAD_AFTER_MS: z.coerce.number().int().min(1).max(10_000).default(75),
  DISPATCHES_PER_SECOND: z.coerce.number().int().min(1).max(1000).default(20),
  SIP_TRUNK_USERNAME: z.string().optional(),
  SIP_TRUNK_PASSWORD: z.string().min(8, 'use 8 characters or more').optional(),
  AGENT_TOKEN: bearerTokens({ minLength: 16 }),
  OPERATOR_TOKEN: bearerTokens({ minLength: 16 }),
  EVENTS_TOKEN: bearerTokens({ minLength: 16 }).optional(),
  JWT_SECRET: bearerTokens({ minLength: 32 }).optional(),
  JWT_KEYS: keySetText.optional(),
  MAX_CALLS: z.coerce.number().int().min(1).optional(),
  MAX_CALLS_PER_HOUR: z.coerce.number().int().min(1).optional(),
  WEBHOOK_ALLOW_PRIVATE: addressRuleList,
  LLM_SERVICE_URL: url.default('http://127.0.0.1:8000/v1'),
  LLM_MODEL: z.string().default('meta/llama-3.1-8b-instruct'),
  LLM_API_KEY: z.string().optional(),
  LLM_TEMPERATURE: z.coerce.number().min(0).max(2).optional(),
  LLM_MAX_TOKENS: z.coerce.number().int().min(1).max(32_768).optional(),
  LLM_SYSTEM_PROMPT: z.string().optional(),
})

const addresses = ['LIVEKIT_URL', 'PUBLIC_LIVEKIT_URL', 'LIVEKIT_SIP_API_URL', 'LLM_SERVICE_URL']
const stores = ['REDIS_URL', 'LIVEKIT_REDIS_URL', 'DATABASE_URL']
const tokens = ['AGENT_TOKEN', 'OPERATOR_TOKEN', 'EVENTS_TOKEN', 'JWT_SECRET']
const secrets = ['LIVEKIT_API_SECRET', 'RECORDS_SECRET', 'LLM_API_KEY', 'SIP_TRUNK_PASSWORD']
const rules = [
  regionRule([...addresses, ...stores]),
  exampleSecretRule([...tokens, ...stores, ...secrets]),
  distinctRule(tokens),
  togetherRule(['SIP_TRUNK_USERNAME', 'SIP_TRUNK_PASSWORD']),
  neededInProduction(['RECORDS_SECRET']),
]

export type Config = ReturnType<typeof readConfig>

/**
 * The orchestrator's settings from environment variables; README.md lists them.
 * @throws {ConfigError} naming each faulty variable
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>) {
  const read = readEnvironment(environment, env, { rules })
  return {
    log: { level: read.LOG_LEVEL },
    mode: read.TRUNKLINE_MODE,
    region: { region: read.DATA_REGION, hosts: read.DATA_REGION_HOSTS },
    http: {
      host: read.LISTEN_HOST,
      port: read.ORCHESTRATOR_PORT,
      trustedProxies: read.TRUSTED_PROXIES,
    },
    rateLimits: { perToken: read.RATE_LIMIT_PER_TOKEN, perAddress: read.RATE_LIMIT_PER_ADDRESS },
    outbound: { trunkId: read.SIP_OUTBOUND_TRUNK_ID },
    redis: { url: read.REDIS_URL },
    database: { url: read.DATABASE_URL, dataDir: read.DATA_DIR },
    records: {
      secret: read.RECORDS_SECRET,
      pricesFile: read.PRICES_FILE,
      maxSpillBytes: read.SPILL_MAX_BYTES,
    },
    lines: { dir: read.LINES_DIR },
    livekit: {
      url: read.LIVEKIT_URL,
      publicUrl: read.PUBLIC_LIVEKIT_URL ?? read.LIVEKIT_URL,
      sipApiUrl: read.LIVEKIT_SIP_API_URL ?? read.LIVEKIT_URL,
      apiKey: read.LIVEKIT_API_KEY,
      apiSecret: read.LIVEKIT_API_SECRET,
      redisUrl: read.LIVEKIT_REDIS_URL,
      agentName: read.AGENT_NAME,
    },
    // Without both of them there is no trunk of ours to keep.
    sipTrunk:
      read.SIP_TRUNK_USERNAME === undefined || read.SIP_TRUNK_PASSWORD === undefined
        ? undefined
        : { username: read.SIP_TRUNK_USERNAME, password: read.SIP_TRUNK_PASSWORD },
    tokens: {
      agent: read.AGENT_TOKEN,
      operator: read.OPERATOR_TOKEN,
      events: read.EVENTS_TOKEN ?? [],
    },
    jwt: { secrets: read.JWT_SECRET ?? [], keySet: read.JWT_KEYS },
    calls: {
      maxSeconds: read.MAX_CALL_SECONDS,
      maxConcurrent: read.MAX_CALLS,
      maxPerHour: read.MAX_CALLS_PER_HOUR,
    },
    webhooks: { allowPrivate: read.WEBHOOK_ALLOW_PRIVATE, secrets: webhookSecrets(env) },
    dispatch: {
      lastWordsName: read.LAST_WORDS_AGENT_NAME,
      perSecond: read.DISPATCHES_PER_SECOND,
      deadAfterMs: read.AGENT_DEAD_AFTER_MS,
    },
    llm: {
      url: read.LLM_SERVICE_URL,
      model: read.LLM_MODEL,
      apiKey: read.LLM_API_KEY,
      temperature: read.LLM_TEMPERATURE,
      maxTokens: read.LLM_MAX_TOKENS,
      systemPrompt: read.LLM_SYSTEM_PROMPT,
    },
  } as const
}
