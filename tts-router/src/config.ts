import {
  exampleSecretRule,
  hostPort,
  type LogLevel,
  port,
  readEnvironment,
  regionRule,
  serviceVariables,
} from '@trunkline/runtime'
import { z } from 'zod'

const environment = z.object({
  ...serviceVariables,
  TTS_ROUTER_PORT: port.default(9000),
  RIVA_URI: hostPort.default('127.0.0.1:50051'),
  RIVA_TTS_URI: hostPort.optional(),
  RIVA_SSL: z.stringbool().default(false),
  RIVA_API_KEY: z.string().optional(),
  RIVA_TTS_FUNCTION_ID: z.uuid().optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).default('redis://127.0.0.1:6379/1'),
  TTS_CACHE_TTL_SECONDS: z.coerce.number().int().min(1).max(31_536_000).default(604_800),
})

const rules = [
  regionRule(['RIVA_URI', 'RIVA_TTS_URI', 'REDIS_URL']),
  exampleSecretRule(['RIVA_API_KEY', 'REDIS_URL']),
]

export interface Config {
  readonly log: { readonly level: LogLevel }
  readonly http: { readonly host: string; readonly port: number }
  readonly riva: {
    /** `host:port` */
    readonly uri: string
    readonly ssl: boolean
    readonly apiKey: string | undefined
    readonly functionId: string | undefined
  }
  readonly redis: { readonly url: string }
  readonly cache: { readonly ttlSeconds: number }
}

/** @throws {ConfigError} naming every faulty variable */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const read = readEnvironment(environment, env, { rules })
  return {
    log: { level: read.LOG_LEVEL },
    http: { host: read.LISTEN_HOST, port: read.TTS_ROUTER_PORT },
    riva: {
      uri: read.RIVA_TTS_URI ?? read.RIVA_URI,
      ssl: read.RIVA_SSL,
      apiKey: read.RIVA_API_KEY,
      functionId: read.RIVA_TTS_FUNCTION_ID,
    },
    redis: { url: read.REDIS_URL },
    cache: { ttlSeconds: read.TTS_CACHE_TTL_SECONDS },
  }
}
